"""The verbs of `suifang`, one file a subject. Each asks a use case; none holds a rule or a query."""
