import { describe, expect, it } from 'vitest';
import { labelDefinition } from '#shared/domain/label-definition.ts';
import {
  labelRows,
  problemOf,
  toDefinitions,
  withKey,
} from '../../../../src/renderer/features/annotate/label-rows.ts';

const rows = labelRows(
  [
    { name: 'calm', colour: null, key: 1 },
    { name: 'ironic', colour: '#336699', key: 2 },
    { name: 'unsure', colour: null, key: null },
  ],
  ['calm', 'sad'],
);

describe('labels that are being edited', () => {
  it('can be called otherwise only where they are the project’s own', () => {
    expect(rows.map(({ own }) => own)).toEqual([false, true, false]);
  });

  it('take a key from the one that had it', () => {
    expect(withKey(rows, 0, 2).map(({ key }) => key)).toEqual([2, null, null]);
    expect(withKey(rows, 1, 0).map(({ key }) => key)).toEqual([1, null, null]);
  });

  it('need a name each, and each its own', () => {
    const added = { name: ' ', colour: null, key: null, own: true };
    expect(problemOf(rows)).toBe('');
    expect(problemOf([...rows, added])).toBe('Each label needs a name.');
    expect(problemOf([...rows, { ...added, name: 'Calm ' }])).toBe(
      'There are two labels called calm.',
    );
  });

  it('are saved as the contract wants them', () => {
    const [ironic] = toDefinitions([{ name: ' ironic ', colour: '#336699', key: 2, own: true }]);
    expect(labelDefinition.parse(ironic)).toEqual({ name: 'ironic', colour: '#336699', key: 2 });
  });
});
