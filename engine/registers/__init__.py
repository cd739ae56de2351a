"""Registers (台账): lists over cases whose columns are FEEL, one YAML file each below ``organisation/registers/``.

``reading`` reads a file, ``facts`` gathers what expressions see of cases, ``evaluating`` works rows out, ``sorting``
gives each value a text that orders as it does, ``checking`` is for ``banjie check``.
"""
