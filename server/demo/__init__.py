"""柏坡镇, the invented township: its register, its workers, and a few months of their work up to today.

Nothing in it is real. Methods and figures are the register's own: what the demo adds (consents, visits, hand-outs,
referrals) changes no figure.
"""
