"""The hedges check: bounds, hedges, conditions, attributions and how far a claim goes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import Document
from briefing.checks import Subject, hedges

from .rows import Caught, Clean, errors, run

BOUND, CHANGED, HEDGE = "bound_dropped", "bound_changed", "hedge_dropped"
WIDER, WHO, IF = "widened", "attribution_dropped", "condition_dropped"

CAUGHT = [
    # bounds on figures
    Caught(
        "about",
        "The orchestra sold about 300 tickets for the opening night.",
        "The orchestra sold 300 tickets for the opening night.",
        BOUND,
        "300",
    ),
    Caught(
        "at least",
        "At least 30 miners were trapped underground at Kelso.",
        "Thirty miners were trapped underground at Kelso.",
        BOUND,
        "Thirty",
    ),
    Caught(
        "up to",
        "The new law sets fines of up to 5,000 euros for littering.",
        "The new law sets fines of 5,000 euros for littering.",
        BOUND,
    ),
    Caught(
        "more than", "More than 12,000 nurses joined the walkout.", "The walkout was joined by 12,000 nurses.", BOUND
    ),
    Caught("nearly", "Nearly half of the harvest was lost to hail.", "Half of the harvest was lost to hail.", BOUND),
    Caught("fewer than", "Fewer than 50 copies of the atlas survive.", "Fifty copies of the atlas survive.", BOUND),
    Caught("as many as", "As many as 70 homes were damaged by the tornado.", "The tornado damaged 70 homes.", BOUND),
    Caught("estimated", "An estimated 9,000 seals live on the island.", "The island is home to 9,000 seals.", BOUND),
    Caught(
        "least to most",
        "At least 30 miners were trapped underground.",
        "Up to 30 miners were trapped underground.",
        CHANGED,
        "Up to 30",
    ),
    Caught("about to more", "Some 400 pupils attend the school.", "More than 400 pupils attend the school.", CHANGED),
    Caught(
        "most to more", "The repairs will take up to six weeks.", "The repairs will take more than six weeks.", CHANGED
    ),
    Caught(
        "nearly to over",
        "The bank lost almost $2 billion last year.",
        "The bank lost more than $2 billion last year.",
        CHANGED,
    ),
    Caught(
        "more to under",
        "More than 60 per cent of voters backed the reform.",
        "Less than 60 per cent of voters backed the reform.",
        CHANGED,
    ),
    Caught(
        "exact to more",
        "The museum paid 1.4 million pounds for the drawing.",
        "The museum paid more than 1.4 million pounds for the drawing.",
        CHANGED,
    ),
    Caught(
        "most to least",
        "Drivers may work a maximum of nine hours a day.",
        "Drivers work at least nine hours a day.",
        CHANGED,
    ),
    Caught(
        "or more",
        "Rain of 80 millimetres or more is forecast for the coast.",
        "Rain of 80 millimetres or less is forecast for the coast.",
        CHANGED,
    ),
    Caught("earliest", "The stadium will not reopen before March.", "The stadium will reopen in March.", BOUND),
    # modal hedges
    Caught(
        "could",
        "The airline could cut 400 jobs in Lyon next year.",
        "The airline will cut 400 jobs in Lyon next year.",
        HEDGE,
        "cut",
    ),
    Caught(
        "may have",
        "A gas leak may have caused the blast at the bakery.",
        "A gas leak caused the blast at the bakery.",
        HEDGE,
    ),
    Caught(
        "might",
        "The striker might miss the cup final with a knee injury.",
        "The striker misses the cup final with a knee injury.",
        HEDGE,
    ),
    Caught(
        "possibly",
        "The comet was possibly seen by Babylonian astronomers.",
        "The comet was seen by Babylonian astronomers.",
        HEDGE,
    ),
    Caught(
        "probably",
        "The fresco was probably painted by a pupil of the master.",
        "The fresco was painted by a pupil of the master.",
        HEDGE,
    ),
    Caught(
        "likely to", "Food prices are likely to rise again in autumn.", "Food prices will rise again in autumn.", HEDGE
    ),
    Caught(
        "appears",
        "The ransomware appears to have spread through an update.",
        "The ransomware spread through an update.",
        HEDGE,
    ),
    Caught(
        "believed",
        "The painting is believed to have been stolen during the war.",
        "The painting was stolen during the war.",
        HEDGE,
    ),
    Caught(
        "may to likely",
        "The vaccine may protect against two other strains.",
        "The vaccine is likely to protect against two other strains.",
        HEDGE,
    ),
    Caught(
        "suggests", "The study suggests that coffee lowers the risk of gout.", "Coffee lowers the risk of gout.", HEDGE
    ),
    Caught(
        "feared",
        "Rescuers fear that 14 climbers were buried by the avalanche.",
        "Fourteen climbers were buried by the avalanche.",
        HEDGE,
    ),
    Caught(
        "almost",
        "The team almost lost its lead in the final minute.",
        "The team lost its lead in the final minute.",
        HEDGE,
    ),
    Caught(
        "definitely",
        "The ministry said the dam needed repairs this summer.",
        "The dam definitely needed repairs this summer, the ministry said.",
        HEDGE,
        "definitely",
    ),
    # reported
    Caught(
        "reportedly",
        "The singer reportedly rejected an offer of $20 million from the festival.",
        "The singer rejected an offer of $20 million from the festival.",
        HEDGE,
    ),
    Caught(
        "sources",
        "According to media reports, the club has sold its goalkeeper to a rival.",
        "The club has sold its goalkeeper to a rival.",
        HEDGE,
    ),
    Caught(
        "final results",
        "Preliminary results gave the Reform Party 41 per cent of the vote.",
        "Final results gave the Reform Party 41 per cent of the vote.",
        WIDER,
    ),
    # attribution
    Caught(
        "police believe",
        "Police believe the warehouse was set alight by its owner.",
        "The warehouse was set alight by its owner.",
        HEDGE,
    ),
    Caught(
        "accused",
        "The minister is accused of hiding two villas from the tax office.",
        "The minister hid two villas from the tax office.",
        WHO,
        "hid",
    ),
    Caught(
        "alleges",
        "The lawsuit alleges that the firm sold contaminated milk powder.",
        "The firm sold contaminated milk powder.",
        WHO,
    ),
    Caught(
        "prosecutors say",
        "Prosecutors say Dalton bribed two inspectors to pass the bridge.",
        "Dalton bribed two inspectors to pass the bridge.",
        WHO,
    ),
    Caught(
        "rebels say",
        "Rebels captured the airport on Sunday, according to a rebel spokesman.",
        "Rebels captured the airport on Sunday.",
        WHO,
    ),
    Caught(
        "union claims",
        "The union claims that managers deleted thousands of overtime records.",
        "Managers deleted thousands of overtime records.",
        WHO,
    ),
    Caught(
        "army said",
        "The army said insurgents had shelled a clinic in Dorma.",
        "Insurgents shelled a clinic in Dorma.",
        WHO,
    ),
    Caught(
        "allegation noun",
        "The mayor rejected allegations that his office had steered contracts to a cousin.",
        "The mayor's office steered contracts to a cousin.",
        WHO,
    ),
    Caught(
        "suspicion",
        "A nurse was arrested on suspicion of poisoning three patients.",
        "A nurse was arrested after poisoning three patients.",
        WHO,
    ),
    Caught(
        "cause",
        "The crash was caused by a worn brake cable, investigators said.",
        "A worn brake cable caused the crash.",
        WHO,
    ),
    Caught("maintains", "The chemist maintains that his tonic cures hay fever.", "The tonic cures hay fever.", WHO),
    # how far
    Caught(
        "some to all",
        "Some teachers refused to mark the exams.",
        "All teachers refused to mark the exams.",
        WIDER,
        "All",
    ),
    Caught(
        "most to all",
        "Most of the passengers were asleep when the train stopped.",
        "All of the passengers were asleep when the train stopped.",
        WIDER,
    ),
    Caught(
        "several to every",
        "Several bridges in the valley were closed after the flood.",
        "Every bridge in the valley was closed after the flood.",
        WIDER,
    ),
    Caught(
        "some to most",
        "Some farmers have switched to drought-resistant maize.",
        "Most farmers have switched to drought-resistant maize.",
        WIDER,
    ),
    Caught(
        "two of",
        "Two of the seven judges dissented from the ruling.",
        "All the judges dissented from the ruling.",
        WIDER,
    ),
    Caught(
        "one of the largest",
        "Ostra is one of the largest salmon producers in Europe.",
        "Ostra is the largest salmon producer in Europe.",
        WIDER,
        "largest",
    ),
    Caught(
        "second-largest",
        "Bremmel is the country's second-largest port.",
        "Bremmel is the country's largest port.",
        WIDER,
    ),
    Caught("first since", "It was the club's first title since 1987.", "It was the club's first title.", WIDER),
    Caught(
        "often to always",
        "Commuters often wait an hour for the ferry.",
        "Commuters always wait an hour for the ferry.",
        WIDER,
    ),
    Caught(
        "partly to fully",
        "The tunnel was partly flooded on Tuesday.",
        "The tunnel was completely flooded on Tuesday.",
        WIDER,
    ),
    Caught(
        "temporarily",
        "The airline has temporarily suspended flights to Harrow.",
        "The airline has permanently suspended flights to Harrow.",
        WIDER,
    ),
    Caught(
        "main to only",
        "Drought is the main reason for the poor harvest.",
        "Drought is the only reason for the poor harvest.",
        "only_added",
        "only",
    ),
    Caught(
        "only added",
        "The hospital in Tarn treats burns.",
        "The hospital in Tarn is the only one that treats burns.",
        "only_added",
    ),
    Caught(
        "first added",
        "The senator visited the island in May to meet fishermen.",
        "In May the senator became the first politician to visit the island and meet fishermen.",
        "first_added",
    ),
    Caught(
        "largest added",
        "The factory in Lodz makes windows for trains.",
        "The largest factory in Lodz makes windows for trains.",
        "first_added",
    ),
    # conditions
    Caught(
        "if",
        "If parliament approves the budget, the state will buy forty trams.",
        "The state will buy forty trams.",
        IF,
    ),
    Caught(
        "unless",
        "Pilots will strike on Friday unless the airline improves its offer.",
        "Pilots will strike on Friday.",
        IF,
    ),
    Caught(
        "subject to",
        "The merger will close in June, subject to approval by regulators.",
        "The merger will close in June.",
        IF,
    ),
    Caught(
        "provided",
        "The school will reopen on Monday provided that the heating is repaired.",
        "The school will reopen on Monday.",
        IF,
    ),
    # negated hedges, what is only close or linked, dates, and speakers
    Caught(
        "might not",
        "The dyke might not hold another storm, engineers warned.",
        "The dyke will not hold another storm, engineers warned.",
        HEDGE,
    ),
    Caught(
        "unlikely",
        "The orchestra is unlikely to tour Asia next year.",
        "The orchestra will not tour Asia next year.",
        HEDGE,
    ),
    Caught(
        "established",
        "Inspectors believe that rats chewed through the cable.",
        "Inspectors have established that rats chewed through the cable.",
        HEDGE,
    ),
    Caught(
        "possible that", "It is possible that the goats carried the disease.", "The goats carried the disease.", HEDGE
    ),
    Caught(
        "expected, will",
        "The choir is expected to perform at the Vatican.",
        "The choir will perform at the Vatican.",
        HEDGE,
    ),
    Caught(
        "not ruled out",
        "The brewer has not ruled out closing its Leeds site.",
        "The brewer will close its Leeds site.",
        HEDGE,
    ),
    Caught("verge", "The theatre is on the verge of closing its doors.", "The theatre has closed its doors.", HEDGE),
    Caught(
        "linked",
        "Gardening was linked to lower blood pressure in the survey.",
        "Gardening lowers blood pressure, the survey found.",
        HEDGE,
    ),
    Caught(
        "only if",
        "The museum will lend the mask only if Peru insures it.",
        "The museum will lend the mask to Peru.",
        IF,
    ),
    Caught(
        "court heard",
        "The court heard that Pryor had stolen from two pensioners.",
        "Pryor had stolen from two pensioners.",
        WHO,
    ),
    Caught("mostly", "The water in the lake is mostly clean.", "The water in the lake is clean.", WIDER),
    Caught(
        "until at least",
        "The airport will stay shut until at least Thursday.",
        "The airport will stay shut until Thursday.",
        BOUND,
        "Thursday",
    ),
    Caught(
        "at the latest",
        "The search will go on until at least Sunday.",
        "The search will go on until Sunday at the latest.",
        CHANGED,
        "Sunday",
    ),
    Caught(
        "inner bound",
        "Membership fell from roughly 9,000 to 4,000.",
        "Membership fell from 9,000 to 4,000.",
        BOUND,
        "9,000",
    ),
    Caught("many", "Some bakers raised their prices in March.", "Many bakers raised their prices in March.", WIDER),
    Caught(
        "strongest ever",
        "It was the strongest quake to strike the coast since 1960.",
        "The quake was the strongest ever to strike the coast.",
        WIDER,
    ),
    Caught(
        "among the",
        "The cave, among the longest in Wales, reopened in May.",
        "The cave, the longest in Wales, reopened in May.",
        WIDER,
    ),
    Caught(
        "denied",
        "Neighbours told the inquest that a dog had been barking for days, which the owner denies.",
        "A dog had been barking for days.",
        WHO,
    ),
    Caught(
        "unnamed",
        "Three people familiar with the talks said the bank had turned down the offer.",
        "The bank turned down the offer.",
        WHO,
    ),
    Caught(
        "rain is likely",
        "Heavy snow is likely on the Velden pass overnight.",
        "Heavy snow will fall on the Velden pass overnight.",
        HEDGE,
    ),
    Caught(
        "should, then will",
        "The harbour crane should return to service in May.",
        "The harbour crane will return to service in May.",
        HEDGE,
    ),
    Caught(
        "funds permitting",
        "The choir will tour Japan in spring, funds permitting.",
        "The choir will tour Japan in spring.",
        IF,
    ),
    Caught(
        "hearing unless",
        "The appeal will be heard in May unless the two sides settle first.",
        "The appeal will be heard in May.",
        IF,
    ),
    Caught(
        "all but", "The rescue of the shipyard is all but complete.", "The rescue of the shipyard is complete.", HEDGE
    ),
    Caught(
        "for now, then for good",
        "The footbridge is closed to cyclists for now.",
        "The footbridge is permanently closed to cyclists.",
        WIDER,
    ),
    Caught(
        "per cent, then fully",
        "Sixty per cent of the sewer has been relined.",
        "The sewer has been fully relined.",
        WIDER,
    ),
    Caught(
        "attributes",
        "The rail operator attributes most of its delays to fallen trees.",
        "Most of the delays were caused by fallen trees.",
        WHO,
    ),
]

CLEAN = [
    Clean("about roughly", "The orchestra sold about 300 tickets for the opening night.", "Roughly 300 tickets were sold for the orchestra's opening night."),
    Clean("at least", "At least 30 miners were trapped underground at Kelso.", "No fewer than 30 miners were trapped underground at Kelso."),
    Clean("or more", "At least five members of the crew must be trained in first aid.", "Five or more members of the crew must be trained in first aid."),
    Clean("over", "More than 12,000 nurses joined the walkout.", "Over 12,000 nurses joined the walkout."),
    Clean("more to least", "More than 12,000 nurses joined the walkout.", "At least 12,000 nurses joined the walkout."),
    Clean("rounded", "The film earned $3.9 million in its first week.", "The film earned nearly $4 million in its first week."),
    Clean("rounded over", "The festival drew 212 choirs.", "The festival drew more than 200 choirs."),
    Clean("rounded about", "The wreck holds 298 amphorae.", "The wreck holds about 300 amphorae."),
    Clean("about added", "The bakery employs 40 people.", "The bakery employs about 40 people."),
    Clean("maximum", "Fines of up to 5,000 euros can be imposed.", "The maximum fine is 5,000 euros, so offenders pay at most 5,000 euros."),
    Clean("as many as", "Up to 70 homes were damaged.", "As many as 70 homes were damaged."),
    Clean("less than", "Fewer than 50 copies of the atlas survive.", "Under 50 copies of the atlas survive."),
    Clean("target", "Inflation was 4 per cent, twice the bank's goal of 2 per cent.", "Inflation, at 4 per cent, is above the 2 per cent goal of the bank."),
    Clean("over years", "The bridge was built over three years.", "The bridge was built in three years."),
    Clean("earliest", "The stadium will not reopen before March.", "The stadium will reopen in March at the earliest."),
    Clean("exact elsewhere", "About 60 dancers took part. The troupe of 60 dancers travels by bus.", "Sixty dancers took part."),
    Clean("could may", "The airline could cut 400 jobs in Lyon next year.", "The airline may cut 400 jobs in Lyon next year."),
    Clean("possible", "A gas leak may have caused the blast at the bakery.", "It is possible that a gas leak caused the blast at the bakery."),
    Clean("risk", "The striker might miss the cup final with a knee injury.", "The striker is at risk of missing the cup final with a knee injury."),
    Clean("weaker", "The fresco was probably painted by a pupil of the master.", "The fresco may have been painted by a pupil of the master."),
    Clean("likely", "Food prices are likely to rise again in autumn.", "Food prices will probably rise again in autumn."),
    Clean("thought", "The painting is believed to have been stolen during the war.", "It is thought that the painting was stolen during the war."),
    Clean("noun hedge", "Rescuers fear that 14 climbers were buried by the avalanche.", "There are fears that 14 climbers were buried by the avalanche."),
    Clean("hedge elsewhere", "The library closed in May and the archive may follow.", "The library closed in May."),
    Clean("subordinate", "The council sold the land, which could become a park.", "The council has sold the land."),
    Clean("unhedged elsewhere", "Officials had said the dam might fail. The dam failed on Sunday night, flooding two villages.", "The dam failed on Sunday night and flooded two villages."),
    Clean("month of May", "The observatory will open in May after repairs.", "The observatory opens in May after repairs."),
    Clean("reports", "The singer reportedly rejected an offer of $20 million from the festival.", "According to reports, the singer turned down an offer of $20 million from the festival."),
    Clean("police plain", "A lorry overturned on the coast road at dawn, police said.", "A lorry overturned on the coast road at dawn."),
    Clean("toll plain", "Three people were killed when the balcony collapsed, the fire service said.", "Three people were killed when the balcony collapsed."),
    Clean("own decision", "The company said it would open a plant in Ghent.", "The company will open a plant in Ghent."),
    Clean("court", "The court said the council had acted illegally when it closed the school.", "The council acted illegally when it closed the school, the court ruled."),
    Clean("accused kept", "The minister is accused of hiding two villas from the tax office.", "The minister faces allegations that he hid two villas from the tax office."),
    Clean("allegedly", "Prosecutors say Dalton bribed two inspectors to pass the bridge.", "Dalton allegedly bribed two inspectors to pass the bridge."),
    Clean("according", "Rebels captured the airport on Sunday, according to a rebel spokesman.", "A spokesman for the rebels said they had taken the airport on Sunday."),
    Clean("charged", "The nurse is accused of poisoning three patients.", "The nurse is charged over the poisoning of three patients."),
    Clean("weather", "Forecasters said snow fell in the hills overnight.", "Snow fell in the hills overnight."),
    Clean("some", "Some teachers refused to mark the exams.", "A number of teachers refused to mark the exams."),
    Clean("all kept", "All of the passengers were unhurt.", "Every passenger was unhurt."),
    Clean("none", "None of the 40 passengers was hurt.", "All 40 passengers escaped without injury."),
    Clean("most majority", "Most of the delegates voted for the motion.", "The majority of the delegates voted for the motion."),
    Clean("percentage", "Sixty-eight per cent of the delegates voted for the motion.", "Most delegates voted for the motion."),
    Clean("some kept, whole added", "Some growers had lost their entire crop.", "Some growers have lost all of their crop."),
    Clean("one of", "Ostra is one of the largest salmon producers in Europe.", "Ostra is among Europe's largest salmon producers."),
    Clean("largest kept", "Bremmel is the country's largest port.", "Bremmel, the largest port in the country."),
    Clean("first since", "It was the club's first title since 1987.", "The club won its first title since 1987."),
    Clean("first round", "Her debut novel appeared in 1990.", "Her first novel came out in 1990."),
    Clean("always", "Commuters often wait an hour for the ferry.", "Commuters frequently wait an hour for the ferry."),
    Clean("only number", "The shop sold 12 pianos last year.", "The shop sold only 12 pianos last year."),
    Clean("sole", "She is the sole survivor of the crash.", "She is the only survivor of the crash."),
    Clean("if kept", "If parliament approves the budget, the state will buy forty trams.", "The state will buy forty trams once parliament has approved the budget."),
    Clean("unless or", "Pilots will strike on Friday unless the airline improves its offer.", "Without a better offer from the airline, pilots will strike on Friday."),
    Clean("subject", "The merger will close in June, subject to approval by regulators.", "The merger still needs approval by regulators and is due to close in June."),
    Clean("if asked", "Reporters asked if the minister would resign. The minister resigned on Monday.", "The minister resigned on Monday."),
    Clean("even if", "The race will go ahead on Sunday even if it rains.", "The race will go ahead on Sunday."),
    Clean("pending trial", "He was released on bail pending trial.", "He was released on bail."),
    Clean("French", "Environ 300 personnes ont participé à la marche.", "Trois cents personnes ont participé à la marche."),
    Clean("German", "Der Verein könnte den Trainer entlassen.", "Der Verein entlässt den Trainer."),
    # the same in other words, and what is no hedge or bound
    Clean("from about", "Membership fell from roughly 9,000 to some 4,000.", "Membership has fallen from about 9,000 to some 4,000."),
    Clean("floor", "Ministers agreed on a minimum of 40 euros a tonne.", "Ministers agreed on a floor of 40 euros a tonne."),
    Clean("lowest", "Seats for the opera cost no less than 30 euros.", "The cheapest seats for the opera are 30 euros."),
    Clean("than a year earlier", "Exports rose 8 percent from a year earlier.", "Exports were 8 percent more than a year earlier."),
    Clean("compared", "Inflation was 3.9 percent in June. In May it was 4.2 percent.", "Inflation was 3.9 percent in June, lower than 4.2 percent in May."),
    Clean("participle", "The worst-hit towns are Mbeya and Songea, with losses estimated at 400 cattle.", "Mbeya and Songea are the worst-hit towns."),
    Clean("condition in the claim", "The pilots would return only if talks began.", "The pilots would stay out unless talks started."),
    Clean("nobody", "Some tenants said they had received no notice.", "Several tenants complained that nobody had given them notice."),
    Clean("may not kept", "The dyke might not hold another storm, engineers warned.", "Engineers warned that the dyke may prove too weak for another storm."),
    Clean("conceded", "Although it may not be the fastest ferry, it is the safest part of the fleet.", "The ferry is the safest part of the fleet."),
    Clean("aside", "The keeper, who was suspected of theft, was cleared by a judge on Friday.", "On Friday a judge cleared the keeper of theft."),
    Clean("heard a bang", "Neighbours heard a bang and saw two men steal a van.", "Two men stole a van."),
    Clean("confident", "Negotiators believe a truce is within reach.", "Negotiators are confident that a truce is near."),
    Clean("as many", "The island has a third of the seals that it had in 1900.", "Three times as many seals lived on the island in 1900."),
    Clean("earliest kept", "The airport will stay shut until at least Thursday.", "The airport reopens on Thursday at the earliest."),
    Clean("more likely linked", "Night shifts were linked to higher blood pressure.", "People who work night shifts had higher blood pressure."),
    Clean("put at", "Up to 70 barns burned down, the fire service estimated.", "The fire service put the number of burned barns at no more than 70."),
    Clean("should", "The storm is likely to weaken before Sunday.", "The storm should weaken before Sunday."),
    Clean("or more", "Repairs to the organ are estimated to cost at least 3 million kronor.", "The organ repairs will cost an estimated three million kronor or more."),
    Clean("cannot exceed", "The fine cannot exceed 5,000 pounds.", "The maximum fine is 5,000 pounds."),
    Clean("almost always", "The mayor almost always walks to work.", "The mayor usually walks to work."),
    Clean("statutory", "Drivers must take a minimum of eleven hours between shifts.", "Drivers have to take the statutory eleven hours between shifts."),
    Clean("put at", "The flood damage is estimated at 900,000 euros.", "The flood damage has been put at 900,000 euros."),
    Clean("others unaffected", "Kettles made in Gdynia are being recalled; those made in Brno are not affected.", "Only kettles made in Gdynia are being recalled; those made in Brno are unaffected."),
    Clean("may not", "Under the pact, crews may not be rostered alone after midnight.", "Crews cannot be rostered alone after midnight under the pact."),
    Clean("main supply", "Engineers will disinfect the main supply within a week.", "The main supply will be fully disinfected within a week."),
    Clean("total of", "About half of a 2 tonne haul was found on the ferry; officers seized all of it.", "A total of 2 tonnes was seized by officers."),
    Clean("only for", "The orchestra was offered a loan and its board turned it down.", "The orchestra was offered a loan, only for its board to turn it down."),
    Clean("per child", "Half of the schools took part, at a cost of 19 dollars per child.", "Each child's meals cost 19 dollars."),
    Clean("put down to", "The ferry operator attributes most of its delays to fog.", "The ferry operator puts most of its delays down to fog."),
    Clean("short of", "Growers had asked for 3,600 pesos a sack; the board will pay 3,100.", "The price falls short of the 3,600 pesos that growers had asked for."),
    Clean("as many as", "The union fears as many as 400 job losses, mainly at the northern depot.", "The union fears up to 400 jobs could go, most of them at the northern depot."),
    Clean("only what is conditional", "The pilots' union said it would walk out on Friday unless the airline restored their pensions.", "Only restored pensions would stop the pilots walking out on Friday, their union said."),
    Clean("own figures", "Shoe maker Tarvo reported a 9 percent rise in annual profit as sales in India offset weaker trade in Brazil.", "Sales in India made up for weaker trade in Brazil."),
    Clean("finding kept by its verb", "The gallery will return nine drums to Togo after historians concluded that they had been looted in 1901, the gallery said.", "Historians concluded that the drums had been looted in 1901."),
    Clean("threat is made by saying so", "Driver leader Ana Costa said she did not trust the offer and threatened a boycott.", "Ana Costa, a drivers' leader, voiced distrust of the offer and threatened to boycott."),
    Clean("contention", "Charity Open Shore said the dam threatened turtles, a claim the mayor dismissed.", "The mayor rejected Open Shore's contention that the dam endangers turtles."),
    Clean("counted thefts", "Bike thefts in Lund fell by a tenth this spring compared with last spring. Two men suspected of stealing 40 bikes in Lund were arrested.", "Fewer bikes were stolen in Lund this spring than last spring."),
    Clean("infinitive's end", "The bus company said it expected to cancel its night services and urged travellers to walk.", "Travellers were urged to walk."),
    Clean("what comes first is sure", "Olive growers expect their poorest crop in a decade after the wettest autumn since 1998, their union said.", "The autumn was the wettest since 1998."),
    Clean("shorter than the", "Prosecutors had sought a term of six years. The court jailed her for four years.", "The term was shorter than the six years sought by prosecutors."),
    Clean("within", "The bill bars drilling within eight kilometres of wells.", "The bill bars drilling less than eight kilometres from wells."),
    Clean("within the past", "It was the second fire at the depot in less than a year.", "It was the second fire at the depot in the past year."),
    Clean("condition from the other side", "The head of the clinic warned that it would close unless at least 300 nurses were hired.", "The clinic would close if fewer than 300 nurses were hired, its head warned."),
    Clean("ban from the other side", "The law limits fee increases to a maximum of 4 percent a year.", "Fee increases above 4 percent a year will be barred under the law."),
    Clean("at most", "The operator said it would run no more than a quarter of its ferries.", "The operator will run at most one quarter of its ferries, it said."),
    Clean("first to", "The cave was first spotted by shepherds in 1996.", "Shepherds were the first to notice the cave, in 1996."),
]  # fmt: skip


@pytest.mark.parametrize("row", CAUGHT, ids=lambda row: row.name)
def test_caught(row: Caught) -> None:
    found = errors(run(hedges.check, row))
    assert row.kind in {finding.kind for finding in found}, found
    if row.found:
        assert row.found in {finding.found for finding in found}


@pytest.mark.parametrize("row", CLEAN, ids=lambda row: row.name)
def test_clean(row: Clean) -> None:
    assert errors(run(hedges.check, row)) == []


@pytest.mark.parametrize("row", CAUGHT, ids=lambda row: row.name)
def test_verbatim_passes(row: Caught) -> None:
    document = Document.read(row.evidence)
    for sentence in document.sentences:
        subject = Subject("points[0]", sentence.text, (sentence.id,))
        assert list(hedges.check(subject, document.sentences, document)) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(min_size=1, max_size=300))
def test_never_raises(claim: str, text: str) -> None:
    document = Document.read(f"A word. {text}")
    list(hedges.check(Subject("lede", claim, ("s1",)), document.sentences, document))


_WORDS = st.sampled_from(
    """may could all some only first the largest one of at least up to about 300 police said that if unless approves
    rebels killed reportedly , . ; according to accused of stealing never always partly not before May as early as
    likely believed " 5 % million""".split()
)


@settings(max_examples=120, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=25), st.lists(_WORDS, min_size=1, max_size=25))
def test_spans_point_at_words(claim: list[str], text: list[str]) -> None:
    run(hedges.check, Clean("made up", f"Word {' '.join(text)}", f"Word {' '.join(claim)}"))


@pytest.mark.parametrize(
    "text", ["", "😀 😀", "أعلنت الوزارة أن نحو ثلاثين شخصا أصيبوا", "may " * 10_000, "all of the " * 3_000]
)
def test_any_text(text: str) -> None:
    document = Document.read("Police said about 30 people may have been hurt.")
    list(hedges.check(Subject("lede", text, ("s1",)), document.sentences, document))
