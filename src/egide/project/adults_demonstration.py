"""What the demonstration shows of vulnerable adults: one invented report to the département, sent, its receipt awaited."""

from egide.field.adults.actions import Told, send_report, write_report
from egide.field.adults.choices import Agreement
from egide.field.adults.queries import list_authorities, list_reports
from egide.field.casefiles.queries import list_cases
from egide.field.persons.answers import Answer
from egide.foundation.accounts.models import Account
from egide.foundation.clock import now
from egide.foundation.wings.entering import Subject, entering


def load_adults(username: str) -> None:
    """Write and send the report, once, as the account `username`, in the file of someone who gave no name."""
    at = now()
    with entering("foundation", Subject.job("demonstration")):
        worker = Account.objects.get(username=username)
    with entering("field", Subject.account(worker.id)):
        case = list_cases().filter(category="THIRD_PARTY").order_by("opened_on", "reference").first()
        service = next((each for recipient, each in list_authorities() if recipient == "department"), None)
        if case is None or service is None or list_reports(case).exists():
            return
        told = Told(
            incapacities=["age"], violence="other", lives_with=Answer.UNKNOWN, agreement=Agreement.IMPOSSIBLE,
            impossible_because="never-alone", agreement_words="Deux rendez-vous : son fils répond à sa place.",
            informed="Rien pour l’instant : tout serait répété au domicile.", status="iscg-association",
            observed="Amaigrie ; porte la même tenue qu’il y a une semaine.", reported="« Il garde ma carte. »",
        )  # fmt: skip
        report = write_report(case=case, service=service, recipient_name="Mme Fictive", told=told, by=worker.id, now=at)
        send_report(report=report, by=worker.id, now=at)
