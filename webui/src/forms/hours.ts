import type { FormSchema } from '../api/types';

type Part = { [name: string]: unknown };

function shown(part: Part): Part {
  const inner = part['components'];
  return {
    ...part,
    ...(part['type'] === 'datetime' && { use24h: true }),
    ...(Array.isArray(inner) && { components: inner.map((each: Part) => shown(each)) }),
  };
}

/** The schema with every time of day counted to 24: the viewer's other way is AM and PM, which nobody here reads. */
export const in24Hours = (schema: FormSchema): FormSchema => shown(schema as Part) as FormSchema;
