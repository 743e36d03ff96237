// Reads one EDTF value a line; prints those that no parser of EDTF levels 0 to 2 understands.
import { createInterface } from 'node:readline';
import { parse } from 'edtf';

for await (const value of createInterface({ input: process.stdin })) {
  try {
    parse(value, { level: 2 });
  } catch (error) {
    console.log(`${value}\t${error.message.split('\n')[0]}`);
  }
}
