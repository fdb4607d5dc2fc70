"""Who may do what: people, their roles, and what a page or route asks of them."""
