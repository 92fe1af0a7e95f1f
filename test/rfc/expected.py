"""What the examples of the RFCs mean, written by hand from the texts of the RFCs.

A row is a line of a transcript and what has to stand in its object; what is not named here may be anything.
"""

FLAGS5 = ["\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"]
GRAY = {"name": "Terry Gray", "mailbox": "gray", "host": "cac.washington.edu"}


def tagged(tag, status="OK", text=None, **code):
    row = {"type": "tagged", "tag": tag, "status": status}
    if text is not None:
        row["text"] = text
    if code:
        row["code"] = code
    return row


def state(status, text=None, **code):
    row = {"type": "untagged", "status": status}
    if text is not None:
        row["text"] = text
    if code:
        row["code"] = code
    return row


def mailbox(name, *attributes, delimiter="/", type="list", **more):
    return {"type": type, "mailbox": name, "attributes": list(attributes), "delimiter": delimiter, **more}


def fetch(seq, **items):
    return {"type": "fetch", "seq": seq, **items}


def space(prefix, delimiter):
    return {"prefix": prefix, "delimiter": delimiter}


EXPECTED = {
    # Capabilities and greetings.
    "* CAPABILITY IMAP4rev1 STARTTLS AUTH=GSSAPI LOGINDISABLED":
        {"type": "capability", "names": ["IMAP4rev1", "STARTTLS", "AUTH=GSSAPI", "LOGINDISABLED"]},
    "* CAPABILITY IMAP4rev2 AUTH=GSSAPI AUTH=PLAIN":
        {"type": "capability", "names": ["IMAP4rev2", "AUTH=GSSAPI", "AUTH=PLAIN"]},
    "* CAPABILITY STARTTLS AUTH=GSSAPI IMAP4rev2 LOGINDISABLED XPIG-LATIN":
        {"type": "capability", "names": ["STARTTLS", "AUTH=GSSAPI", "IMAP4rev2", "LOGINDISABLED", "XPIG-LATIN"]},
    "* CAPABILITY IMAP4rev1 CREATE-SPECIAL-USE":
        {"type": "capability", "names": ["IMAP4rev1", "CREATE-SPECIAL-USE"]},
    "* OK [CAPABILITY IMAP4rev2 STARTTLS AUTH=GSSAPI] Capabilities":
        state("OK", "Capabilities", name="CAPABILITY", names=["IMAP4rev2", "STARTTLS", "AUTH=GSSAPI"]),
    "* OK [CAPABILITY STARTTLS AUTH=SCRAM-SHA-256 LOGINDISABLED IMAP4rev2] IMAP4rev2 Service Ready":
        state("OK", "IMAP4rev2 Service Ready", name="CAPABILITY",
              names=["STARTTLS", "AUTH=SCRAM-SHA-256", "LOGINDISABLED", "IMAP4rev2"]),
    "* OK IMAP4rev1 Service Ready": state("OK", "IMAP4rev1 Service Ready"),
    "* PREAUTH IMAP4rev1 server logged in as Smith": state("PREAUTH", "IMAP4rev1 server logged in as Smith"),
    "* PREAUTH IMAP4rev2 server logged in as Smith": state("PREAUTH", "IMAP4rev2 server logged in as Smith"),
    "* BYE Autologout; idle for too long": state("BYE", "Autologout; idle for too long"),
    "* BYE IMAP4rev1 Server logging out": state("BYE", "IMAP4rev1 Server logging out"),
    "* ENABLED CONDSTORE QRESYNC": {"type": "enabled", "names": ["CONDSTORE", "QRESYNC"]},
    "* ENABLED X-GOOD-IDEA": {"type": "enabled", "names": ["X-GOOD-IDEA"]},
    "* ENABLED IMAP4rev2": {"type": "enabled", "names": ["IMAP4rev2"]},

    # Continuations.
    "+": {"type": "continuation", "text": ""},
    "+ ": {"type": "continuation", "text": ""},
    "+ idling": {"type": "continuation", "text": "idling"},
    "+ Ready for literal data": {"type": "continuation", "text": "Ready for literal data"},
    "+ Ready for additional command text": {"type": "continuation", "text": "Ready for additional command text"},
    "+ YDMGCSqGSIb3EgECAgIBAAD/////6jcyG4GE3KkTzBeBiVHeceP2CWY0SR0fAQAgAAQEBAQ=":
        {"type": "continuation",
         "text": "YDMGCSqGSIb3EgECAgIBAAD/////6jcyG4GE3KkTzBeBiVHeceP2CWY0SR0fAQAgAAQEBAQ="},

    # Status responses and tagged ones.
    "abcd OK CAPABILITY completed": tagged("abcd", "OK", "CAPABILITY completed"),
    "A684 NO Name \"foo\" has inferior hierarchical names":
        tagged("A684", "NO", "Name \"foo\" has inferior hierarchical names"),
    "A044 BAD No such command as \"BLURDYBLOOP\"": tagged("A044", "BAD", "No such command as \"BLURDYBLOOP\""),
    "a005 OK +FLAGS completed": tagged("a005", "OK", "+FLAGS completed"),
    "a3.1 OK done": tagged("a3.1", "OK", "done"),
    ". OK [HIGHESTMODSEQ 20010715194045319] Ok": tagged(".", "OK", "Ok", name="HIGHESTMODSEQ",
                                                        value=20010715194045319),
    "a107 OK": tagged("a107", "OK", ""),
    "* NO Disk is 98% full, please delete unnecessary data":
        state("NO", "Disk is 98% full, please delete unnecessary data"),
    "* BAD Disk crash, attempting salvage to a new disk!":
        state("BAD", "Disk crash, attempting salvage to a new disk!"),
    "* OK [ALERT] System shutdown in 10 minutes": state("OK", "System shutdown in 10 minutes", name="ALERT"),
    "* OK [CLOSED]": state("OK", "", name="CLOSED"),
    "* OK [CLOSED] Previous mailbox is now closed": state("OK", "Previous mailbox is now closed", name="CLOSED"),
    "* OK [UNSEEN 12] Message 12 is first unseen": state("OK", "Message 12 is first unseen", name="UNSEEN", value=12),
    "* OK [UIDVALIDITY 3857529045] UIDs valid": state("OK", "UIDs valid", name="UIDVALIDITY", value=3857529045),
    "* OK [UIDVALIDITY 1]": state("OK", "", name="UIDVALIDITY", value=1),
    "* OK [UIDNEXT 4392] Predicted next UID": state("OK", "Predicted next UID", name="UIDNEXT", value=4392),
    "* OK [HIGHESTMODSEQ 715194045007]": state("OK", "", name="HIGHESTMODSEQ", value=715194045007),
    "* OK [HIGHESTMODSEQ 90060115205545359] Highest mailbox mod-sequence":
        state("OK", "Highest mailbox mod-sequence", name="HIGHESTMODSEQ", value=90060115205545359),
    "* OK [NOMODSEQ] Sorry, this mailbox format doesn't support modsequences":
        state("OK", "Sorry, this mailbox format doesn't support modsequences", name="NOMODSEQ"),
    "* OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] Limited":
        state("OK", "Limited", name="PERMANENTFLAGS", flags=["\\Deleted", "\\Seen", "\\*"]),
    "* OK [PERMANENTFLAGS ()] No permanent flags permitted":
        state("OK", "No permanent flags permitted", name="PERMANENTFLAGS", flags=[]),
    "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen \\*)] Permanent flags":
        state("OK", "Permanent flags", name="PERMANENTFLAGS",
              flags=["\\Answered", "\\Flagged", "\\Draft", "\\Deleted", "\\Seen", "\\*"]),
    "* NO [UIDNOTSTICKY] Non-persistent UIDs": state("NO", "Non-persistent UIDs", name="UIDNOTSTICKY"),
    "A142 OK [READ-WRITE] SELECT completed": tagged("A142", "OK", "SELECT completed", name="READ-WRITE"),
    "A932 OK [READ-ONLY] EXAMINE completed": tagged("A932", "OK", "EXAMINE completed", name="READ-ONLY"),
    "A003 OK [APPENDUID 38505 3955] APPEND completed":
        tagged("A003", "OK", "APPEND completed", name="APPENDUID", uid_validity=38505, uids="3955"),
    "A004 OK [COPYUID 38505 304,319:320 3956:3958] Done":
        tagged("A004", "OK", "Done", name="COPYUID", uid_validity=38505, source="304,319:320",
               destination="3956:3958"),
    "* OK [COPYUID 432432 42:69 1202:1229]":
        state("OK", "", name="COPYUID", uid_validity=432432, source="42:69", destination="1202:1229"),
    "d105 OK [MODIFIED 7,9] Conditional STORE failed":
        tagged("d105", "OK", "Conditional STORE failed", name="MODIFIED", numbers="7,9"),
    "B001 NO [MODIFIED 2] Some of the messages no longer exist.":
        tagged("B001", "NO", "Some of the messages no longer exist.", name="MODIFIED", numbers="2"),
    "A202 OK [HIGHESTMODSEQ 20010715194045319] expunged":
        tagged("A202", "OK", "expunged", name="HIGHESTMODSEQ", value=20010715194045319),
    "t3 NO [USEATTR] \\All not supported": tagged("t3", "NO", "\\All not supported", name="USEATTR"),
    "B283 NO [BADCHARSET UTF-8] KOI8-R is not supported":
        tagged("B283", "NO", "KOI8-R is not supported", name="BADCHARSET"),
    "o356 NO [ALREADYEXISTS] Mailbox \"that\" already exists":
        tagged("o356", "NO", "Mailbox \"that\" already exists", name="ALREADYEXISTS"),
    "b NO [AUTHENTICATIONFAILED] Authentication failed":
        tagged("b", "NO", "Authentication failed", name="AUTHENTICATIONFAILED"),
    "e NO [CONTACTADMIN]": tagged("e", "NO", "", name="CONTACTADMIN"),
    "d NO [EXPIRED] That password isn't valid any more":
        tagged("d", "NO", "That password isn't valid any more", name="EXPIRED"),
    "h OK [EXPUNGEISSUED] Search completed": tagged("h", "OK", "Search completed", name="EXPUNGEISSUED"),
    "o356 NO [HASCHILDREN] Mailbox \"Notes\" has children that need to be deleted first":
        tagged("o356", "NO", "Mailbox \"Notes\" has children that need to be deleted first", name="HASCHILDREN"),
    "m NO [LIMIT] At most 32 flags in one mailbox supported":
        tagged("m", "NO", "At most 32 flags in one mailbox supported", name="LIMIT"),
    "p NO [NONEXISTENT] No such mailbox": tagged("p", "NO", "No such mailbox", name="NONEXISTENT"),
    "n2 OK [OVERQUOTA] You are now over your soft quota":
        tagged("n2", "OK", "You are now over your soft quota", name="OVERQUOTA"),
    "a NO [UNAVAILABLE] User's backend down for maintenance":
        tagged("a", "NO", "User's backend down for maintenance", name="UNAVAILABLE"),

    # The selected mailbox.
    "* 172 EXISTS": {"type": "exists", "count": 172},
    "* 0 RECENT": {"type": "recent", "count": 0},
    "* 3 RECENT": {"type": "recent", "count": 3},
    "* 22 EXPUNGE": {"type": "expunge", "seq": 22},
    "* 44 EXPUNGE": {"type": "expunge", "seq": 44},
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)": {"type": "flags", "flags": FLAGS5},
    "* FLAGS (Deleted Seen)": {"type": "flags", "flags": ["Deleted", "Seen"]},
    "* VANISHED 405,407,410,425": {"type": "vanished", "earlier": False, "uids": "405,407,410,425"},
    "* VANISHED 505,507,510,625": {"type": "vanished", "earlier": False, "uids": "505,507,510,625"},
    "* VANISHED (EARLIER) 41,43:116,118,120:211,214:540":
        {"type": "vanished", "earlier": True, "uids": "41,43:116,118,120:211,214:540"},
    "* VANISHED (EARLIER) 300:310,405,411": {"type": "vanished", "earlier": True, "uids": "300:310,405,411"},
    "* VANISHED (EARLIER) 1:5,7:8,10:15": {"type": "vanished", "earlier": True, "uids": "1:5,7:8,10:15"},

    # LIST and its relatives.
    "* LIST () \"/\" blurdybloop": mailbox("blurdybloop"),
    "* LIST (\\Noselect) \"/\" \"\"": mailbox("", "\\Noselect"),
    "* LIST (\\Noselect) \".\" #news.": mailbox("#news.", "\\Noselect", delimiter="."),
    "* LIST (\\Noselect) \"/\" ~/Mail/foo": mailbox("~/Mail/foo", "\\Noselect"),
    "* LIST () \".\" INBOX.bar": mailbox("INBOX.bar", delimiter="."),
    "* LIST () \".\"  \"INBOX\"": mailbox("INBOX", delimiter="."),
    "* LIST (\\Marked \\NoInferiors \\Subscribed) \"/\" \"inbox\"":
        mailbox("INBOX", "\\Marked", "\\NoInferiors", "\\Subscribed"),
    "* LIST (\\Subscribed \\NonExistent) \"/\" \"Fruit/Peach\"":
        mailbox("Fruit/Peach", "\\Subscribed", "\\NonExistent"),
    "* LIST (\\HasChildren \\Remote) \"/\" \"Meat\"": mailbox("Meat", "\\HasChildren", "\\Remote"),
    "* LIST () \"/\" \"Foo\" (\"CHILDINFO\" (\"SUBSCRIBED\"))": mailbox("Foo", child_info=["SUBSCRIBED"]),
    "* LIST (\\Subscribed \\HasChildren) \"/\" \"Foo\" (\"CHILDINFO\" (\"SUBSCRIBED\"))":
        mailbox("Foo", "\\Subscribed", "\\HasChildren", child_info=["SUBSCRIBED"]),
    "* LIST (\\NonExistent) \"/\" \"Foo\" (\"CHILDINFO\" (\"SUBSCRIBED\"))":
        mailbox("Foo", "\\NonExistent", child_info=["SUBSCRIBED"]),
    "* LIST () \".\" \"foo\" (CHILDINFO (\"SUBSCRIBED\"))":
        mailbox("foo", delimiter=".", child_info=["SUBSCRIBED"]),
    "* LIST () \"/\" INBOX (\"OLDNAME\" (\"inbox\"))": mailbox("INBOX", old_name="inbox"),
    "* LIST () \"/\" \"Normalized\" (\"OLDNAME\" (\"NonNormalized\"))": mailbox("Normalized", old_name="NonNormalized"),
    "* LIST () \"/\" \"NewMailbox\" (\"OLDNAME\" (\"OldMailbox\"))": mailbox("NewMailbox", old_name="OldMailbox"),
    "* LIST (\\NonExistent \\Sent) \"/\" \"#mh/Sent Mail\"": mailbox("#mh/Sent Mail", "\\NonExistent", "\\Sent"),
    "* LIST (\\Marked) \":\" Tables (tablecloth ((\"edge\" \"lacy\") (\"color\" \"red\")) Sample \"text\")":
        mailbox("Tables", "\\Marked", delimiter=":",
                extensions={"tablecloth": [["edge", "lacy"], ["color", "red"]], "Sample": "text"}),
    "* LIST () \":\" Tables:new (tablecloth (\"edge\" \"lacy\") Sample (\"text\" \"more text\"))":
        mailbox("Tables:new", delimiter=":",
                extensions={"tablecloth": ["edge", "lacy"], "Sample": ["text", "more text"]}),
    "* LIST (\\Marked \\Drafts \\HasNoChildren) \"/\" MyDrafts":
        mailbox("MyDrafts", "\\Marked", "\\Drafts", "\\HasNoChildren"),
    "* LIST (\\Trash) \"/\" Trash": mailbox("Trash", "\\Trash"),
    "* LSUB () \".\" #news.comp.mail.misc": mailbox("#news.comp.mail.misc", delimiter=".", type="lsub"),
    "* LSUB (\\NoSelect) \".\" #news.comp.mail":
        mailbox("#news.comp.mail", "\\NoSelect", delimiter=".", type="lsub"),

    # NAMESPACE.
    "* NAMESPACE ((\"\" \"/\")) NIL NIL":
        {"type": "namespace", "personal": [space("", "/")], "other_users": [], "shared": []},
    "* NAMESPACE NIL NIL ((\"\" \".\"))":
        {"type": "namespace", "personal": [], "other_users": [], "shared": [space("", ".")]},
    "* NAMESPACE ((\"\" \"/\")) NIL ((\"Public Folders/\" \"/\"))":
        {"type": "namespace", "personal": [space("", "/")], "other_users": [],
         "shared": [space("Public Folders/", "/")]},
    "* NAMESPACE ((\"\" \"/\")) ((\"~\" \"/\")) ((\"#shared/\" \"/\")(\"#public/\" \"/\")(\"#ftp/\" \"/\")"
    "(\"#news.\" \".\"))":
        {"type": "namespace", "personal": [space("", "/")], "other_users": [space("~", "/")],
         "shared": [space("#shared/", "/"), space("#public/", "/"), space("#ftp/", "/"), space("#news.", ".")]},
    "* NAMESPACE ((\"\" \"/\")(\"#mh/\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))) NIL NIL":
        {"type": "namespace", "personal": [space("", "/"), {**space("#mh/", "/"),
                                                            "extensions": ["X-PARAM", ["FLAG1", "FLAG2"]]}]},

    # STATUS and SEARCH.
    "* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292)":
        {"mailbox": "blurdybloop", "messages": 231, "uid_next": 44292},
    "* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292 HIGHESTMODSEQ 7011231777)":
        {"mailbox": "blurdybloop", "messages": 231, "uid_next": 44292, "highest_modseq": 7011231777},
    "* STATUS \"INBOX\" (MESSAGES 17 UNSEEN 16)": {"mailbox": "INBOX", "messages": 17, "unseen": 16},
    "* STATUS \"foo\" (MESSAGES 30 UNSEEN 29)": {"mailbox": "foo", "messages": 30, "unseen": 29},
    "* SEARCH 2 84 882": {"type": "search", "numbers": "2,84,882"},
    "* SEARCH": {"type": "search", "numbers": ""},
    "* SEARCH 2 3 6": {"type": "search", "numbers": "2:3,6"},
    "* SEARCH 2 5 6 7 11 12 18 19 20 23 (MODSEQ 917162500)":
        {"type": "search", "numbers": "2,5:7,11:12,18:20,23", "modseq": 917162500},
    "* ESEARCH (TAG \"A282\") MIN 2 COUNT 3": {"type": "esearch", "tag": "A282", "uid": False, "min": 2, "count": 3},
    "* ESEARCH (TAG \"A283\") ALL 2,10:11": {"type": "esearch", "tag": "A283", "uid": False, "all": "2,10:11"},
    "* ESEARCH (TAG \"A284\")": {"type": "esearch", "tag": "A284", "uid": False},
    "* ESEARCH (TAG \"A285\") UID MIN 7 MAX 3800":
        {"type": "esearch", "tag": "A285", "uid": True, "min": 7, "max": 3800},
    "* ESEARCH (TAG \"a567\") UID COUNT 17 ALL 4:18,21,28":
        {"type": "esearch", "tag": "a567", "uid": True, "count": 17, "all": "4:18,21,28"},
    "* ESEARCH COUNT 18 ALL 1:17,21": {"type": "esearch", "uid": False, "count": 18, "all": "1:17,21"},
    "* ESEARCH (TAG \"a\") ALL 1:3,5 MODSEQ 1236": {"type": "esearch", "tag": "a", "all": "1:3,5", "modseq": 1236},
    "* ESEARCH (TAG \"a\") ALL 5,3,2,1 MODSEQ 1236": {"type": "esearch", "tag": "a", "all": "5,3,2,1", "modseq": 1236},

    # FETCH.
    "* 14 FETCH (FLAGS (\\Seen \\Deleted))": fetch(14, flags=["\\Seen", "\\Deleted"]),
    "* 14 FETCH (UID 1305 FLAGS (\\Seen \\Deleted))": fetch(14, uid=1305, flags=["\\Seen", "\\Deleted"]),
    "* 23 FETCH (FLAGS (\\Seen) UID 4827313)": fetch(23, uid=4827313, flags=["\\Seen"]),
    "* 23 FETCH (FLAGS (\\Seen) RFC822.SIZE 44827)": fetch(23, flags=["\\Seen"], size=44827),
    "* 23 FETCH (FLAGS (\\Seen) RFC822.SIZE 44827 UID 447)": fetch(23, flags=["\\Seen"], size=44827, uid=447),
    "* 1 FETCH (UID 4 MODSEQ (12121231000))": fetch(1, uid=4, modseq=12121231000),
    "* 101 FETCH (MODSEQ (303011130956) FLAGS ($Processed))":
        fetch(101, modseq=303011130956, flags=["$Processed"]),
    "* 101 FETCH (MODSEQ (303011130956) FLAGS ($Processed \\Deleted \\Answered))":
        fetch(101, modseq=303011130956, flags=["$Processed", "\\Deleted", "\\Answered"]),
    "* 49 FETCH (UID 117 FLAGS (\\Seen \\Answered) MODSEQ (90060115194045001))":
        fetch(49, uid=117, flags=["\\Seen", "\\Answered"], modseq=90060115194045001),
    "* 4 FETCH (UID 8 MODSEQ (29738) FLAGS ($NoJunk $AutoJunk $MDNSent))":
        fetch(4, uid=8, modseq=29738, flags=["$NoJunk", "$AutoJunk", "$MDNSent"]),
    "* 12 FETCH (BODY[HEADER] {342}":
        fetch(12, sections=[{"section": "HEADER", "size": 342}]),

    # What these RFCs do not define is kept as it is.
    "* XPIG-LATIN ow-nay eaking-spay ig-pay atin-lay":
        {"type": "unknown", "name": "XPIG-LATIN", "bytes": "* XPIG-LATIN ow-nay eaking-spay ig-pay atin-lay\r\n"},
    "* METADATA \"MyDrafts\" (/private/specialuse NIL)":
        {"type": "unknown", "name": "METADATA", "bytes": "* METADATA \"MyDrafts\" (/private/specialuse NIL)\r\n"},
}

# Rows that are found by their beginning, as they are long.
EXPECTED_BY_START = {
    "* 12 FETCH (FLAGS (\\Seen) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 4286 ENVELOPE (":
        fetch(12, flags=["\\Seen"], internal_date="1996-07-17T02:44:25-07:00", size=4286,
              envelope={"date": "1996-07-17T02:23:25-07:00", "date_raw": "Wed, 17 Jul 1996 02:23:25 -0700 (PDT)",
                        "from": [GRAY], "sender": [GRAY], "reply_to": [GRAY],
                        "to": [{"mailbox": "imap", "host": "cac.washington.edu"}],
                        "cc": [{"mailbox": "minutes", "host": "CNRI.Reston.VA.US"},
                               {"name": "John Klensin", "mailbox": "KLENSIN", "host": "MIT.EDU"}]},
              body_structure={"type": "TEXT", "subtype": "PLAIN", "parameters": {"CHARSET": "US-ASCII"},
                              "encoding": "7BIT", "octets": 3028, "lines": 92}),
}
