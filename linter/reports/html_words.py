"""What the HTML report explains to a reader who is no developer. Nothing here says that a law was broken."""

from linter.evidence import State

TITLE = "Trackers in this website's files"
STATES: dict[State, str] = {"active": "runs", "consent-gated": "waits for consent", "dormant": "does not run"}
LABELS = {
    "error": "the tracker runs, and its vendor signs no business associate agreement, or is in advertising and it is not verified that it "
    "does; or a tracker of any kind runs on a page for appointments or patient data.",
    "warning": "to be looked at: web analytics, a vendor that signs under conditions or of whom it is not known, code that waits for "
    "consent, or an account id that is still a placeholder.",
    "note": "does not run or sends nothing by itself: switched off, an announcement to the browser, a consent setting, code of a test.",
}
LOWERED = "Where the configuration names an agreement with the vendor, the label is one level lower than it would be without."
LEGAL = (
    "This report says which code lies in the files, and what vendors and others say about agreements, with source and date. It is no legal "
    "advice and does not say whether a law was broken: that depends on the page, the practice, and the agreements it has signed."
)
LOOKED_AT = (
    "This report is about code that lies in the files of a website. It describes them as they were when it was made; its date is that of "
    "its file. It was made without a connection to the internet, and without opening the website itself."
)
NOTHING = (
    'That is good news about these files, and no proof about the website: see the part "What files cannot show", and have the live site '
    "looked at as well."
)
CANNOT_SHOW = (
    "What a Tag Manager container holds that is not exported into these files. The code that loads the container is found; its tags are "
    "changed in a browser, by anyone with access to it.",
    "What a website builder or a hosted service adds by its own settings: Wix, Squarespace, Shopify's Meta channel, page builders.",
    "What plugins and apps print from a database, and what a server or a content delivery network adds on the way to the visitor.",
    "Booking widgets, portals, chats and videos of other companies in a frame: their pages are not among these files.",
    "What the practice's software sends from a server: customer records, call tracking, offline conversions.",
    "What a script from elsewhere loads in turn.",
)
BLACKLIGHT = "https://themarkup.org/blacklight"
AFTERWARDS = (
    "After the trackers are taken out and the website is published, clear its caches and open it once in a private window.",
    "Enter its address there, then the address of each page with a form: appointments, contact, new patients, sign-in. It opens the page "
    "as a visitor would and lists the trackers that it meets. It does not see pages behind a login.",
    "If it still finds one, look into the Tag Manager container, the settings of plugins and website builder, and what the server adds.",
)
GLOSSARY = (
    (
        "Tracker, pixel",
        "Code of another company in a web page that tells this company of the visit: which page, when, from which browser and address. "
        '"Pixel" comes from the invisible image of one dot that does so.',
    ),
    ("Vendor", "The company that receives what the tracker sends."),
    (
        "Business associate agreement (BAA)",
        "The contract that HIPAA asks for where a vendor handles protected health information for a practice. A privacy policy or a "
        "visitor's consent is no such agreement.",
    ),
    ("Account", "The number or name under which the vendor files what it receives. It says whose account the tracker reports to."),
    ("Runs", "The code is in force: it is carried out when the page is opened, or when a visitor does what triggers it."),
    ("Waits for consent", "A consent banner holds the code back until a visitor agrees."),
    ("Does not run", "The code is commented out, paused or switched off. It can come back with one change."),
    (
        "Way in",
        "How one account of a vendor got onto the website: written into files, by a plugin, a package, a setting, a container, a server.",
    ),
    ("Tag Manager container", "A list of tags, kept at Google, that a page loads. Tags can be added to it without a change in the files."),
    ("How it gets there", "The files that pull one another in, from the page on the left to the file with the tracker on the right."),
    ("Without JavaScript too", "The tracker is also contacted by a plain image or frame, which most consent banners do not hold back."),
)
