// Reads a calendar (iCalendar) as ical.js does, the library of Thunderbird: prints every start with its title.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(JSON.parse(readFileSync(0, "utf8"))));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
for (const part of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(part);
  if (event.isRecurrenceException()) continue;
  const days = event.iterator();
  for (let moment = days.next(); moment; moment = days.next()) console.log(JSON.stringify([moment.toString().slice(0, 16).replace("T", " "), event.summary]));
}
