import { parseNumber } from '../annotation/text.ts';

const timedelta =
  /^(?<days>\d{1,6}) days?(?: \+?(?<hours>\d{1,2}):(?<minutes>[0-5]\d):(?<seconds>[0-5]\d)(?:\.(?<decimals>\d{1,9}))?)?$/u;

/** Seconds of a time as pandas writes it, like `0 days 00:00:01.500000`, or as a plain number; else NaN. */
export function parseTimedelta(text: string): number {
  const groups = timedelta.exec(text.trim())?.groups;
  if (groups === undefined) return parseNumber(text.trim());
  const { days = '0', hours = '0', minutes = '0', seconds = '0', decimals = '0' } = groups;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return Number(`${whole}.${decimals}`);
}

/** With nine decimals, as many as pandas has; none where they are all zeros, as pandas does. */
export function formatTimedelta(value: number): string {
  const [whole = '0', decimals = ''] = value.toFixed(9).split('.');
  const total = Number(whole);
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const clock = [(total / 3600) % 24, (total / 60) % 60, total % 60].map(two).join(':');
  const fraction = /[1-9]/u.test(decimals) ? `.${decimals}` : '';
  return `${Math.floor(total / 86_400)} days ${clock}${fraction}`;
}
