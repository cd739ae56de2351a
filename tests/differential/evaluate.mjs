// Reads {"module": URL, "cases": [{"text", "context"}]} from standard input, writes a list of answers.
// An answer is a value in plain form; what JSON has no form for becomes {"$text": its string}.
import { readFileSync } from 'node:fs';

const { module, cases } = JSON.parse(readFileSync(0, 'utf-8'));
const { evaluate } = await import(module);

function plain(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $text: String(value) };
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(plain);
  if (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null) {
    return Object.fromEntries(Object.entries(value).map(([ key, entry ]) => [ key, plain(entry) ]));
  }
  return { $text: value.toString === Object.prototype.toString ? value.constructor.name : String(value) };
}

function answer({ text, context }) {
  try {
    const result = evaluate(text, context);
    return { value: plain(result && typeof result === 'object' && 'value' in result ? result.value : result) };
  } catch (error) {
    return { error: String(error.message || error).split('\n')[0] };
  }
}

process.stdout.write(JSON.stringify(cases.map(answer)));
