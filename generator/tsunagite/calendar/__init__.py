"""The calendar: the coming weeks, months, lists by area and kind, files for calendar programs, the year on paper.

In: events and meetings of the directory, the day. Out: pages, .ics files. The only package that imports icalendar.
"""
