"""What a reader sees and does, in a real browser: Debian's Chromium, driven by playwright.

Read `pages` (the results that are shown), `watch` (a page that is opened, and what it may not do meanwhile), and
`conftest` (the browser: which one, and what happens where there is none).
"""
