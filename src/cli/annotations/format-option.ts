import { Option } from 'commander';
import { annotationFormatIds } from '#formats/annotation/registry.ts';

/** `--from` and the like: the name of an exchange format. */
export function formatOption(flag: string, description: string): Option {
  return new Option(`--${flag} <format>`, description).choices([...annotationFormatIds]);
}
