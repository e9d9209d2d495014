"""The register: partners, cases, their history and everything that belongs to them."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations import guards

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None

# A moment is text on SQLite (`models.base.Utc`), which has no type for it.
MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

PARTNER_KINDS = "kind IN ('city', 'region', 'association', 'consortium')"
ROLES = "role IN ('officer', 'manager', 'clerk', 'auditor', 'administrator', 'clock')"
LANGUAGES = "languages IN ('pl', 'en', 'pl+en')"

MOVE = ("definition", "step", "form", "source", "new_form", "target")

TABLES = (
    "question",
    "import_batch",
    "reference_counter",
    "setting",
    "substitution",
    "person_role",
    "person",
    "draft",
    "activity_partner",
    "activity_cooperation",
    "activity",
    "act",
    "link",
    "event",
    "cooperation",
    "lifecycle",
    "definition",
    "fact",
    "partner",
)
"""What the edition made, children before parents."""

IS_ASKED = "awaits IS NOT NULL"
IS_PROPOSED = "{state} = 'proposed'"
IS_UNDER_WAY = (
    "({state} NOT IN ('in_force', 'suspended', 'in_notice',"
    " 'expired', 'terminated', 'carried_out', 'closed'))"
)
IS_RUNNING = "{state} IN ('in_force', 'suspended', 'in_notice')"

CURRENT_FACT = """
CREATE VIEW current_fact AS
SELECT partner_id, name, value, source, valid_from, recorded_at, recorded_by
FROM fact
WHERE NOT EXISTS (
  SELECT 1 FROM fact AS later
  WHERE later.partner_id = fact.partner_id AND later.name = fact.name AND later.id > fact.id
)
"""


def _key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _perhaps(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text) for name in names]


def _key_words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _of(name: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{target}.id"), nullable=nullable)


def _key_of(name: str, target: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{target}.id"), primary_key=True)


def _signed(what: str = "recorded") -> list[sa.Column[Any]]:
    return [sa.Column(f"{what}_at", MOMENT, nullable=False), *_words(f"{what}_by")]


def _days(first: str, last: str, *, open_end: bool = True) -> list[sa.Column[date]]:
    return [sa.Column(first, sa.Date, nullable=False), sa.Column(last, sa.Date, nullable=open_end)]


def _of_event() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["cooperation_id", "sequence"], ["event.cooperation_id", "event.sequence"]
    )


def _partners() -> None:
    op.create_table(
        "partner",
        _key(),
        *_words("slug", "kind"),
        *_perhaps("country"),
        *_words("name_pl", "name_en", "folded"),
        *_signed("created"),
        sa.UniqueConstraint("slug"),
        sa.CheckConstraint(PARTNER_KINDS, name="kind"),
        sa.CheckConstraint("length(country) = 2", name="country"),
    )
    op.create_index(None, "partner", ["country"])
    op.create_table(
        "fact",
        _key(),
        _of("partner_id", "partner"),
        *_words("name", "value", "source"),
        *_perhaps("valid_from"),
        *_signed(),
    )
    op.create_index(None, "fact", ["partner_id", "name", "id"])
    op.execute(CURRENT_FACT)


def _lifecycle() -> None:
    op.create_table(
        "definition",
        *_key_words("id"),
        *_words("sha256", "text"),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
    )
    op.create_table("lifecycle", *_key_words(*MOVE))


def _cases() -> None:
    op.create_table(
        "cooperation",
        _key(),
        *_words("reference"),
        _of("partner_id", "partner"),
        *_words("title"),
        *_perhaps("file_number", "officer"),
        sa.Column("form", sa.Text, nullable=False, server_default="informal"),
        sa.Column("state", sa.Text, nullable=False, server_default="none"),
        sa.Column("version", sa.Integer, nullable=False, server_default=sa.text("0")),
        *_words("definition"),
        sa.Column("head", sa.LargeBinary),
        sa.Column("since", MOMENT),
        sa.Column("due_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        *_perhaps("awaits"),
        sa.UniqueConstraint("reference"),
    )
    for columns in (["partner_id"], ["state", "id"], ["form", "state"]):
        op.create_index(None, "cooperation", columns)
    op.create_index(
        "ix_cooperation_awaits",
        "cooperation",
        ["awaits", "officer", "id"],
        sqlite_where=sa.text(IS_ASKED),
        postgresql_where=sa.text(IS_ASKED),
    )
    for name, columns, where in (
        ("proposed", ["due_on", "id"], IS_PROPOSED),
        ("under_way", ["officer", "due_on", "id"], IS_UNDER_WAY),
        ("running", ["ends_on", "id"], IS_RUNNING),
    ):
        op.create_index(
            f"ix_cooperation_{name}",
            "cooperation",
            columns,
            # The plus keeps SQLite from looking the state up elsewhere (`models.cooperation`).
            sqlite_where=sa.text(where.format(state="+state")),
            postgresql_where=sa.text(where.format(state="state")),
        )


def _history() -> None:
    op.create_table(
        "event",
        _key_of("cooperation_id", "cooperation"),
        sa.Column("sequence", sa.Integer, primary_key=True),
        *_words("step", "form", "source", "new_form", "target", "definition"),
        _of("partner_id", "partner"),
        *_perhaps("title", "file_number", "officer"),
        sa.Column("due_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        *_perhaps("awaits"),
        *_words("actor"),
        *_perhaps("on_behalf_of"),
        *_words("login", "role", "effective_on"),
        sa.Column("recorded_at", MOMENT, nullable=False),
        *_words("body"),
        sa.Column("previous", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(MOVE, [f"lifecycle.{column}" for column in MOVE]),
    )
    op.create_table(
        "link",
        sa.Column("cooperation_id", sa.Integer, primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True),
        *_key_words("kind"),
        _key_of("target_id", "cooperation"),
        _of_event(),
    )
    op.create_index(None, "link", ["target_id", "kind"])


def _papers() -> None:
    op.create_table(
        "act",
        _key(),
        _number("cooperation_id"),
        _number("sequence"),
        *_words("kind"),
        *_perhaps("number", "dated", "language", "original_at", "file_name", "media_type"),
        sa.Column("content", sa.LargeBinary),
        *_perhaps("sha256"),
        *_signed(),
        _of_event(),
    )
    op.create_index(None, "act", ["cooperation_id", "sequence"])
    op.create_table(
        "draft",
        _key(),
        _of("cooperation_id", "cooperation"),
        *_words("kind"),
        _number("version"),
        *_words("languages", "template_sha256", "manifest", "text", "sha256"),
        sa.Column("document", sa.LargeBinary),
        *_perhaps("document_sha256"),
        *_signed("created"),
        sa.UniqueConstraint("cooperation_id", "kind", "version"),
        sa.CheckConstraint(LANGUAGES, name="languages"),
    )


def _activities() -> None:
    op.create_table(
        "activity",
        _key(),
        _number("tool"),
        *_words("title", "period"),
        *_perhaps("place", "description", "source"),
        *_signed(),
        sa.CheckConstraint("tool BETWEEN 1 AND 15", name="tool"),
    )
    for other in ("cooperation", "partner"):
        op.create_table(
            f"activity_{other}",
            _key_of("activity_id", "activity"),
            _key_of(f"{other}_id", other),
        )
        op.create_index(None, f"activity_{other}", [f"{other}_id"])


def _people() -> None:
    op.create_table(
        "person",
        _key(),
        *_words("login", "name"),
        sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
        *_signed(),
        sa.UniqueConstraint("login"),
    )
    op.create_table(
        "person_role",
        _key(),
        _of("person_id", "person"),
        *_words("role"),
        *_days("valid_from", "valid_until"),
        *_signed("granted"),
        sa.CheckConstraint(ROLES, name="role"),
    )
    op.create_index(None, "person_role", ["person_id"])
    op.create_table(
        "substitution",
        _key(),
        _of("person_id", "person"),
        _of("for_id", "person"),
        *_days("valid_from", "valid_until", open_end=False),
        *_words("authority"),
        *_signed(),
    )
    op.create_index(None, "substitution", ["person_id"])


def _register() -> None:
    op.create_table(
        "setting",
        _key(),
        *_words("key", "value"),
        *_days("valid_from", "valid_until"),
        *_words("source"),
        *_signed(),
    )
    op.create_index(None, "setting", ["key", "valid_from"])
    op.create_table(
        "import_batch",
        _key(),
        *_words("file_name", "sha256"),
        *_perhaps("mapping"),
        _number("rows"),
        *_signed(),
        sa.Column("withdrawn_at", MOMENT),
        *_perhaps("withdrawn_by"),
    )
    op.create_table(
        "question",
        _key(),
        _of("cooperation_id", "cooperation", nullable=True),
        _of("batch_id", "import_batch", nullable=True),
        sa.Column("row", sa.Integer),
        *_words("subject"),
        *_perhaps("rule"),
        *_words("facts"),
        sa.Column("asked_at", MOMENT, nullable=False),
        *_perhaps("answer", "reason", "source"),
        sa.Column("answered_at", MOMENT),
        *_perhaps("answered_by"),
    )
    for column in ("cooperation_id", "batch_id"):
        op.create_index(None, "question", [column])
    op.create_table(
        "reference_counter",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        _number("last"),
    )


def upgrade() -> None:
    for part in (_partners, _lifecycle, _cases, _history, _papers, _activities, _people, _register):
        part()
    guards.make_all(op.get_bind())


def downgrade() -> None:
    guards.drop_all(op.get_bind())
    op.execute("DROP VIEW current_fact")
    for table in TABLES:
        op.drop_table(table)
