"""How well days are found that pass a limit only if consignees held apart are one."""
