"""Arabic and English in the cells of a terminal: the one way by which Arabic reaches the screen.

``levels`` and ``brackets`` resolve directions (UAX #9), ``shaping`` joins letters, ``clusters`` parts text into what
takes a place, ``layout`` wraps and orders, ``inplace`` orders lines that others have wrapped, ``emit`` writes for the
terminal that ``detect`` recognizes. Pure functions on text, standard library only; nothing here is ever stored.
"""
