"""Who is called: profiles, hours, knowledge and the directory of numbers."""
