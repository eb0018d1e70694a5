"""What each field of a mapping means, for whoever writes one."""

from typing import Final

from crossforce.duty.mapping.document import Field_

MEANINGS: Final[dict[Field_, str]] = {
    "staff": 'The person\'s number at the force. Always needed: a name alone identifies nobody. One that stands in two columns is joined of both: ["Division", "Badge"].',
    "reference": "What the duty system calls this duty. Without it, one is made of the person and the start, or the day.",
    "start": "Date and time of the start in one cell.",
    "start_date": "The day of the start.",
    "start_time": "The time of the start, beside its day.",
    "end": "Date and time of the end in one cell.",
    "end_date": "The day of the end; without it the end is on the day of the start, or the next (past_midnight).",
    "end_time": "The time of the end.",
    "from_to": "Both times in one cell, such as 0700-1900, beside start_date or date.",
    "date": "The day, in an export of days.",
    "code": "The duty code, in an export of days; [duty_codes] says what each stands for.",
    "what": "duty, on-call or absence. Without it: an absence where `absence` says why, on call where `on_call` does, else a duty.",
    "on_call": "Yes or no.",
    "absence": "Why somebody is away: leave, training, court or away, and no more.",
    "cancelled": "Yes or no: the duty is deleted.",
    "unit": "The unit that the duty is for, by the platform's code.",
    "function": "What is done there, by the platform's code.",
    "role": "The person's role on this duty, by the platform's code.",
    "call_sign": "The call sign.",
    "location": "Where, in words.",
    "latitude": "Degrees north, with a point before the decimals.",
    "longitude": "Degrees east, with a point before the decimals.",
    "status": "The national status code.",
    "force": "The force that the row is of; a row of another force than the holder is refused.",
}
