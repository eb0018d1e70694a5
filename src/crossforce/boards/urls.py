"""Addresses of boards."""

from django.urls import include, path

from crossforce.boards.views import (
    answers,
    boards,
    decisions,
    keeping,
    meetings,
    own_rules,
    papers,
    taking_out,
    voting,
)

kept = [
    path("", boards.listed, name="boards"),
    path("set-up/", keeping.set_up, name="set-up"),
    path("<uuid:key>/", boards.board, name="board"),
    path("<uuid:key>/change/", keeping.change, name="change"),
    path("<uuid:key>/agree/", own_rules.agree, name="agree"),
    path("<uuid:key>/consent/", own_rules.consent, name="consent"),
    path("<uuid:key>/take-back/", own_rules.take_back, name="take-back"),
    path("<uuid:key>/plan/", keeping.plan, name="plan"),
    path("<uuid:key>/add-meeting/", keeping.add_meeting, name="add-meeting"),
    path("<uuid:key>/decisions.csv", taking_out.decisions, name="decisions-csv"),
    path("boards.csv", taking_out.boards, name="boards-csv"),
    path("<uuid:key>/meetings.csv", taking_out.meetings, name="meetings-csv"),
    path("actions.csv", taking_out.actions, name="actions-csv"),
    path("<uuid:board>/between/<uuid:key>/", voting.between, name="between"),
    path("<uuid:board>/answer/<uuid:key>/", answers.answer, name="answer"),
]

held = [
    path("meetings/<uuid:key>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:key>/attendance/", meetings.attend, name="attend"),
    path("meetings/<uuid:key>/notes/", meetings.note, name="note"),
    path("meetings/<uuid:key>/close/", meetings.close, name="close"),
    path("meetings/<uuid:key>/cancel/", meetings.cancel, name="cancel"),
    path("meetings/<uuid:key>/set-action/", meetings.set_action, name="set-action"),
    path("meetings/<uuid:key>/paper.pdf", taking_out.meeting_pdf, name="meeting-pdf"),
    path("meetings/<uuid:meeting>/vote/<uuid:key>/", voting.vote, name="vote"),
    path("meetings/<uuid:meeting>/put-off/<uuid:key>/", papers.put_off, name="put-off"),
    path("actions/<uuid:key>/", meetings.action, name="action"),
]

decided = [
    path("papers/", papers.papers, name="papers"),
    path("papers.csv", taking_out.papers, name="papers-csv"),
    path("papers/write/", papers.write, name="write"),
    path("papers/<uuid:key>/", papers.paper, name="paper"),
    path("papers/<uuid:key>/change/", papers.change, name="paper-change"),
    path("papers/<uuid:key>/send-out/", papers.send_out, name="send-out"),
    path("papers/<uuid:key>/withdraw/", papers.withdraw, name="withdraw"),
    path("decisions/<uuid:key>/", decisions.decision, name="decision"),
    path("decisions/<uuid:key>/take-effect/", decisions.take_effect, name="take-effect"),
]

urlpatterns = [path("boards/", include(([*kept, *held, *decided], "boards")))]
