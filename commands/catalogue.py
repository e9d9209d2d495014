"""What `accord --help` says, as data: no command module is loaded to show it.

name -> (module, attribute, Polish, English)
"""

COMMANDS: dict[str, tuple[str, str, str, str]] = {
    "init": (
        "commands.database",
        "init",
        "Załóż rejestr",
        "Make a register",
    ),
    "open": (
        "commands.steps",
        "open_case",
        "Otwórz sprawę z partnerem",
        "Open a case with a partner",
    ),
    "raise": (
        "commands.steps",
        "raise_decision",
        "Wnieś rozstrzygnięcie w sprawie współpracy",
        "Raise a decision about a cooperation in force",
    ),
    "list": (
        "commands.cases",
        "list_cases",
        "Wypisz sprawy",
        "List cases",
    ),
    "show": (
        "commands.cases",
        "show",
        "Pokaż sprawę: stan, akty, dokumenty, historię",
        "Show a case: where it stands, its acts, documents and history",
    ),
    "options": (
        "commands.cases",
        "options",
        "Co można teraz zrobić w sprawie",
        "What can be done in a case now",
    ),
    "why": (
        "commands.cases",
        "why",
        "Dlaczego czynność jest lub nie jest dopuszczalna",
        "Why a step is lawful or not",
    ),
    "advance": (
        "commands.steps",
        "advance",
        "Odnotuj czynność w sprawie",
        "Record a step in a case",
    ),
    "endorse": (
        "commands.steps",
        "endorse",
        "Zaakceptuj propozycje",
        "Endorse proposals",
    ),
    "return": (
        "commands.steps",
        "return_cases",
        "Zwróć propozycje do poprawy",
        "Return proposals to be improved",
    ),
    "decline": (
        "commands.steps",
        "decline",
        "Odrzuć propozycje",
        "Decline proposals",
    ),
    "desk": (
        "commands.cases",
        "desk",
        "Co na mnie czeka",
        "What waits for me",
    ),
    "plan": (
        "commands.planning",
        "plan",
        "Najkrótsza zgodna z prawem droga do stanu",
        "The shortest lawful way to a state",
    ),
    "waive": (
        "commands.amend",
        "waive",
        "Poproś o odstąpienie od zasady lub udziel go",
        "Ask for a waiver of a rule, or grant it",
    ),
    "correct": (
        "commands.amend",
        "correct",
        "Popraw dane wpisu",
        "Correct an entry",
    ),
    "confirm": (
        "commands.amend",
        "confirm",
        "Potwierdź poprawkę",
        "Confirm a correction",
    ),
    "retract": (
        "commands.amend",
        "retract",
        "Cofnij ostatnią czynność",
        "Take back the last step",
    ),
    "tick": (
        "commands.amend",
        "tick",
        "Odnotuj, co zdziałał czas",
        "Record what time has done",
    ),
    "search": (
        "commands.planning",
        "search",
        "Szukaj partnerów i spraw",
        "Search partners and cases",
    ),
    "partner": (
        "commands.partner",
        "partner",
        "Partnerzy: add, list, show, edit, rename, succeed",
        "Partners: add, list, show, edit, rename, succeed",
    ),
    "activity": (
        "commands.activity",
        "activity",
        "Przedsięwzięcia: add, list, report",
        "Activities: add, list, report",
    ),
    "act": (
        "commands.activity",
        "act",
        "Akty dołączone do wpisów: attach, list, save",
        "Acts attached to entries: attach, list, save",
    ),
    "draft": (
        "commands.draft",
        "draft",
        "Projekty dokumentów: kinds, new, list, show, finalise, check",
        "Document drafts: kinds, new, list, show, finalise, check",
    ),
    "person": (
        "commands.person",
        "person",
        "Osoby i role: add, list, substitute, assign",
        "People and roles: add, list, substitute, assign",
    ),
    "history": (
        "commands.history",
        "history",
        "Historia: show, verify",
        "History: show, verify",
    ),
    "register": (
        "commands.register",
        "register",
        "Rejestr: import, undo, questions, answer, report",
        "The register: import, undo, questions, answer, report",
    ),
    "law": (
        "commands.law",
        "law",
        "Przepisy i ustawienia: show, setting",
        "Provisions and settings: show, setting",
    ),
    "database": (
        "commands.database",
        "database",
        "Baza danych: upgrade, check",
        "Database: upgrade, check",
    ),
}
