import { z } from 'zod';

/**
 * The parts of Label Studio's JSON that say something of labels in time. Everything else in it is passed
 * over, so schemas are loose where the format is.
 */
const id = z.union([z.string(), z.number()]);

export const labelStudioResult = z.object({
  type: z.string().optional(),
  from_name: z.string().optional(),
  score: z.number().nullish(),
  original_length: z.number().nonnegative().nullish(),
  meta: z.object({ text: z.union([z.string(), z.array(z.string())]).optional() }).nullish(),
  value: z
    .object({
      start: z.number().optional(),
      end: z.number().optional(),
      labels: z.array(z.string()).optional(),
      choices: z.array(z.string()).optional(),
    })
    .optional(),
});
export type LabelStudioResult = z.infer<typeof labelStudioResult>;

/** Each is looked at by itself, so that one that is wrong can be left out. */
const results = z.array(z.unknown());

const person = z.object({
  id: id.optional(),
  email: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
});

const labelStudioTask = z.object({
  data: z.record(z.string(), z.unknown()),
  annotations: z
    .array(
      z.object({
        completed_by: z.union([id, person]).nullish(),
        was_cancelled: z.boolean().nullish(),
        result: results,
      }),
    )
    .optional(),
  predictions: z
    .array(
      // Predictions by their number only, as a lean export has them, say nothing.
      z.union([z.object({ model_version: z.string().nullish(), result: results }), z.number()]),
    )
    .optional(),
});
export type LabelStudioTask = z.infer<typeof labelStudioTask>;

export const labelStudioTasks = z.union([
  z.array(labelStudioTask),
  labelStudioTask.transform((task) => [task]),
]);

/** Who completed an annotation, as well as the export says. */
export function annotatorName(
  by: z.infer<typeof person> | string | number | null | undefined,
): string {
  if (by === null || by === undefined) return '';
  if (typeof by !== 'object') return `annotator ${by}`;
  const number = by.id === undefined ? '' : `annotator ${by.id}`;
  const name = [by.first_name, by.last_name].filter((part) => part).join(' ');
  return [name, by.email, number].find((said) => said) ?? '';
}
