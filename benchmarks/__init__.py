"""What Suifang's sync costs, beside what this machine could do at best. See README.md."""
