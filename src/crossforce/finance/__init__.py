"""Money of collaborations: budgets shared by signed clauses, true-up, invoices, journal, the price of leaving."""
