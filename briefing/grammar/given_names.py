"""First names and family names that English also has as words or that are as common as words, in lower case.

They tell "Smith said" from "Officials said" where a sentence opens and its capital says nothing.
"""

from __future__ import annotations

NAMES = frozenset(
    """
    aaron abbas abdul abdullah abraham adam adams adele adrian ahmad ahmed aidan alan albert alex alexander alexandra
    alexei alfred ali alice alicia alison allan allen alvarez amanda amber amelia amy ana anderson andre andrea andreas
    andrei andrew andrews andy angela angelo angus anita ann anna anne annie anthony anton antonio arnold arthur ashley
    audrey austin bailey baker barbara barry bartlett becker ben benjamin bennett bernard beth betty beverly bill billy
    bob bobby boris bradley brandon brenda brendan brett brian bridget brooks brown bruce bruno bryan burke burns
    butler byron cameron campbell carl carla carlos carmen carol caroline carolyn carr carter catherine cecil charles
    charlie charlotte chen cheryl chris christian christina christine christopher claire clara clark clarke claude
    clifford clinton clive cohen colin collins connor cooper craig cruz curtis cynthia daisy dale damien dan daniel
    danny darren dave david davies davis dawson dean deborah denis dennis derek diana diane diaz diego dmitri dominic
    don donald donna doris dorothy douglas duncan dylan eddie edgar edith eduardo edward edwards edwin eileen elaine
    eleanor elena eliot elizabeth ella ellen ellis emily emma enrique eric erik erin ernest esther ethan eugene eva
    evans eve evelyn felipe felix fernandez fernando fiona fisher florence floyd foster frances francesca francesco
    francis francisco frank franklin fraser fred freddie frederick friedrich gabriel garcia gareth garrett gary gavin
    gemma gene geoffrey george georges gerald gerard giovanni gloria gomez gonzalez gordon graham grant greene greg
    gregory griffin guy hamilton hannah hans harold harriet harris harrison harry harvey hassan hayes heather hector
    heidi heinrich helen helena henderson henri henrik henry herbert hernandez hoffman holly holmes howard howe hudson
    hughes hugo hussein ian ibrahim igor imran ingrid irene iris isaac isabel isabella ivan jack jackie jackson jacob
    jacqueline jacques jake james jamie jan jane janet janice jasmine jason jean jeff jeffrey jenkins jennifer jenny
    jeremy jerome jerry jesse jessica jim jimmy joan joanna joe joel johan johann john johnny johnson johnston jon
    jonathan jones jordan jorge jose joseph joshua juan judith julia julian julie juliet justin kapoor karen karl kate
    katherine kathleen kathryn katie keith kelly ken kennedy kenneth kevin khan kim kimberly klaus klein knox konrad
    kumar kurt kyle larry larsen laura lauren laurence lawrence lawson lee leo leon leonard leonardo leslie lewis liam
    lily linda lisa liz lloyd logan lopez lorenzo louis louise lucas lucia lucy luigi luis luke lydia lynn mackenzie
    madeleine malcolm manuel marc marcel marco marcos marcus margaret maria marian marie marilyn mario marion marissa
    mark marsh marshall martha martin martinez marvin mary mason matt matthew matthews maureen maurice max maxwell
    mcdonald megan mehmet melanie melissa mendoza meyer michael michel michelle miguel mike miller milton mitchell
    mohamed mohammad mohammed molly monica morales moreno morgan morris morrison muhammad mueller muller murphy murray
    nadia nancy naomi natalia natalie natasha nathan neil nelson newman newton nicholas nick nicola nicolas nicole nigel
    nikolai nina noah noel nora norman oliver olivia omar orlando oscar osman otto owen pablo pamela parker patel
    patricia patrick paul paula pedro penny perez perry peter peters peterson petrov phil philip phillip phillips pierre
    powell preston priya putin quentin quinn rachel rafael ralph ramirez ramon ramos ray raymond rebecca reed regina
    reid reynolds ricardo richard richards richardson rick ricky rita rivera robert roberta roberto roberts robertson
    robin robinson rodney rodriguez roger rogers roland roman romero ronald ronnie rosa rosie ross roy ruiz rupert
    russell ruth ryan sally salman sam samantha samuel sanchez sanders sandra sara sarah schmidt schneider scott sean
    sebastian sergei sergio shannon sharon sheila shirley silva simmons simon simone simpson singh smith sofia sophia
    sophie stanley stefan stella stephanie stephen stephens steve steven stevens stewart stuart sullivan susan suzanne
    sven sylvia tanya tara taylor ted teresa terry theo theodore theresa thomas thompson thomson tim timothy tina todd
    tom tommy tony torres tracy trevor trump tyler valerie vanessa vera vernon veronica victor victoria vincent viola
    vivian vladimir wagner wallace walsh walter warren watson wayne webb weber wendy wesley whitney wilhelm willem
    william williams willie wilson winston wolfgang wong wright xavier yusuf yvonne zachary zhang biden obama merkel
    macron sunak modi xi erdogan netanyahu zelensky scholz meloni starmer harris musk bezos gates
    london paris berlin madrid rome moscow chicago boston seattle houston dallas denver detroit miami atlanta toronto
    montreal vancouver sydney melbourne perth brisbane auckland liverpool manchester birmingham leeds glasgow bristol
    sheffield nottingham leicester newcastle southampton portsmouth plymouth oxford cambridge york belfast cork hamburg
    frankfurt cologne stuttgart munich dresden leipzig milan naples turin venice florence barcelona valencia seville
    lyon marseille toulouse nantes geneva zurich basel mumbai kolkata chennai bangalore hyderabad karachi lahore
    shanghai shenzhen wuhan osaka kyoto nagoya istanbul izmir alexandria casablanca lagos nairobi johannesburg durban
    google microsoft amazon facebook twitter samsung toyota honda nissan volkswagen siemens bmw nokia boeing airbus
    tesla netflix disney ibm intel sony nasa nato
    """.split()
)

_GROUPS = """
william bill billy will willie liam; robert bob bobby rob robbie; james jim jimmy jamie; michael mike mick mickey;
joseph joe joey; anthony tony antony; richard dick rick ricky richie; edward ed eddie ted teddy ned;
katherine catherine kathryn kate katie kathy cathy; elizabeth liz lizzie beth betty eliza; john jack johnny jon;
stephen steven steve; david dave; thomas tom tommy; andrew andy drew; jeffrey geoffrey jeff geoff; gregory greg;
ronald ron ronnie; donald don; kenneth ken; margaret maggie meg peggy; charles charlie chuck; henry harry hank;
lawrence laurence larry; patrick pat paddy; patricia pat patty tricia; susan sue suzy; deborah debbie deb;
jennifer jen jenny; alexander alex sandy sasha; samuel sam; daniel dan danny; matthew matt; nicholas nick nicolas;
francis frank; francisco paco pancho; jose pepe; theodore ted theo; eugene gene; raymond ray; leonard len lenny;
frederick fred freddie; gerald gerry jerry; barbara barb babs; rebecca becky; victoria vicky; jacqueline jackie;
philip phillip phil; peter pete; timothy tim; terence terry; nigel nige; vladimir volodymyr vova; mohammed muhammad
mohamed mohammad; benjamin ben; christopher chris; christine chris christina; edwin ed; abraham abe; albert al bert
"""
#: What each first name may be short for or be shortened to: names of a group that share a member.
SHORT = {
    name: frozenset(other for group in _GROUPS.split(";") if name in group.split() for other in group.split())
    for name in _GROUPS.replace(";", " ").split()
}
