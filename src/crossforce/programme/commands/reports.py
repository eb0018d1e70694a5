"""Performance reports on the command line."""

from typing import Annotated
from uuid import UUID

import typer

from crossforce.kernel import civil, clock
from crossforce.programme.commands.options import ToFile, User, acting
from crossforce.programme.operations import reports as operations
from crossforce.programme.queries import files, public_reports
from crossforce.programme.queries import reports as reads
from crossforce.programme.views.taking_out import REPORTS, written

commands = typer.Typer()


@commands.command()
def reports(user: User, to: ToFile = None) -> None:
    """The performance reports that you may read, by code, the newest version first."""
    if to:
        actor = acting(user)
        written(actor, to, REPORTS, lambda: files.reports(actor))
        return
    for each in reads.reports(acting(user)):
        about = each.agreement or each.region
        typer.echo(
            f"{each.state:9} {each.code}@{each.number}  {each.title}  ({about}, {civil.years(each.year)})  {each.pk}"
        )


@commands.command(name="published-reports")
def published_reports() -> None:
    """The reports that everybody may read."""
    for each in public_reports.reports():
        taken = "  withdrawn" if each.withdrawn_on else ""
        typer.echo(f"{each.published_on} {each.code}@{each.number}  {each.title_en}{taken}")


@commands.command(name="begin-report")
def begin_report(
    code: str,
    title: str,
    year: int,
    user: User,
    agreement: Annotated[str, typer.Option(help="Its reference.")] = "",
    region: Annotated[str, typer.Option(help="Its code, where it is about a region.")] = "",
    title_cy: Annotated[str, typer.Option(help="The title in Welsh.")] = "",
    introduction: Annotated[str, typer.Option(help="What it is for.")] = "",
    introduction_cy: Annotated[str, typer.Option(help="The same in Welsh.")] = "",
) -> None:
    """Begin a performance report about an agreement or a region."""
    given = {
        "code": code,
        "title": title,
        "title_cy": title_cy,
        "agreement": agreement,
        "region": region,
        "year": year,
        "introduction": introduction,
        "introduction_cy": introduction_cy,
    }
    typer.echo(operations.add_report(actor=acting(user), given=given, at=clock.now()))


@commands.command(name="draw-report")
def draw_report(report: UUID, user: User) -> None:
    """Draw the figures of a report as they stand now, and say what stays out."""
    actor, at = acting(user), clock.now()
    version = reads.one(actor, report).version
    operations.draw_report(actor=actor, report=report, version=version, at=at)
    for each in reads.shown(actor, report, at).left:
        typer.echo(f"stays out ({each.why}): {each.kind} {each.title}")


@commands.command(name="lower-for-report")
def lower_for_report(report: UUID, reason: str, user: User) -> None:
    """Mark OFFICIAL what stays out of a report for its marking alone, and draw it anew."""
    actor = acting(user)
    number = operations.lower_markings(
        actor=actor,
        report=report,
        version=reads.one(actor, report).version,
        reason=reason,
        at=clock.now(),
    )
    typer.echo(f"Marked {number} records OFFICIAL.")


@commands.command(name="publish-report")
def publish_report(
    report: UUID,
    user: User,
    decision: Annotated[str, typer.Option(help="The board, the day and the number.")] = "",
    reason: Annotated[str, typer.Option(help="Where no board decided.")] = "",
) -> None:
    """Put a report before everybody."""
    actor = acting(user)
    operations.publish_report(
        actor=actor,
        report=report,
        version=reads.one(actor, report).version,
        decision=decision,
        reason=reason,
        at=clock.now(),
    )


@commands.command(name="withdraw-report")
def withdraw_report(
    report: UUID,
    why: str,
    user: User,
    why_cy: Annotated[str, typer.Option(help="The same in Welsh.")] = "",
) -> None:
    """Take a published report back; everybody is told why."""
    actor = acting(user)
    operations.withdraw_report(
        actor=actor,
        report=report,
        version=reads.one(actor, report).version,
        why=why,
        why_cy=why_cy,
        at=clock.now(),
    )


@commands.command(name="correct-report")
def correct_report(report: UUID, user: User) -> None:
    """Begin the version that corrects a published report."""
    typer.echo(operations.correct_report(actor=acting(user), report=report, at=clock.now()))
