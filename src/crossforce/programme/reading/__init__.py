"""Tables of the programme, and what else is asked of them: that no row passes a gate, waits in a circle
or is of a day to come.

Pure: readings in, readings out, each refused row with its finding.
"""
