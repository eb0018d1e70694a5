"""A person found among millions as officers ask; pure, over arrays in files.

A record is rows: each form of each name with each date of birth. Words and days are held once, as codes, and a question
is compared with them and not with rows: letter by letter, by sound, by short form, by pattern. Rows are then visited by
surname, by day, or by forename, each once, and weighed by adding what their codes weigh.

Where to start: `question` (what is asked), `index` (what is kept, changed and answered), `levels` (what counts how much).
"""
