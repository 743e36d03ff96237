// Reads calendars, one JSON string a line, as strictly as ical.js does; prints what is wrong with any.
import { createInterface } from 'node:readline';
import ICAL from 'ical.js';

ICAL.design.strict = true;
let events = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.parse(line);
  try {
    const calendar = new ICAL.Component(ICAL.parse(text));
    if (!calendar.getFirstPropertyValue('prodid') || calendar.getFirstPropertyValue('version') !== '2.0') console.log('no PRODID or VERSION');
    for (const part of calendar.getAllSubcomponents('vevent')) {
      const event = new ICAL.Event(part, { strictExceptions: true });
      events += 1;
      if (!event.uid || !part.getFirstPropertyValue('dtstamp')) console.log(`no UID or DTSTAMP: ${text}`);
      if (!event.startDate.isDate || event.endDate.compare(event.startDate) <= 0) console.log(`wrong days: ${part.toString()}`);
      if (part.getFirstProperty('attendee')) console.log('an attendee');
      if (!event.summary) console.log('no summary');
    }
    if (text.split('\r\n').some((l) => Buffer.byteLength(l) > 75 || l.includes('\n'))) console.log('a line is too long or not ended by CRLF');
    if (/�/.test(text)) console.log('a character was cut');
  } catch (error) {
    console.log(error.message);
  }
}
console.log(`${events} events`);
