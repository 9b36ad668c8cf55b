import { SaxesParser } from 'saxes';
import { refuse } from '../annotation/refuse.ts';
import { createLineCounter } from '../annotation/text.ts';

/** An element that has been read to its end, with the text directly in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
  readonly line: number;
}

export interface XmlVisitor {
  readonly open: (element: XmlElement) => void;
  readonly close: (element: XmlElement) => void;
}

const maxDepth = 64;
const maxElements = 2_000_000;

/**
 * Reads XML from begin to end. Document types are refused before anything is parsed: entities of one could
 * name other files or grow without end, and no exchange format needs any.
 *
 * @throws UndertoneError annotations-unreadable
 */
export function visitXml(text: string, file: string, visitor: XmlVisitor): void {
  const doctype = text.indexOf('<!DOCTYPE');
  if (doctype >= 0) {
    const line = createLineCounter(text)(doctype);
    refuse(file, `line ${line}`, 'it has a document type, which could hide anything');
  }
  const parser = new SaxesParser();
  const where = (): string => `line ${parser.line}`;
  const path: { -readonly [key in keyof XmlElement]: XmlElement[key] }[] = [];
  let elements = 0;
  parser.on('error', (error) => {
    // Saxes puts the place in front; it is said in our words.
    refuse(file, where(), error.message.replace(/^\d+:\d+: /u, '').replace(/\.$/u, ''), error);
  });
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (path.length === maxDepth) refuse(file, where(), `elements are ${maxDepth + 1} deep`);
    if (elements > maxElements) {
      refuse(file, where(), `there are more than ${maxElements} elements`);
    }
    const element = {
      name,
      attributes: new Map(Object.entries(attributes)),
      text: '',
      line: parser.line,
    };
    path.push(element);
    visitor.open(element);
  });
  const addText = (part: string): void => {
    const element = path.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = path.pop();
    if (element !== undefined) visitor.close(element);
  });
  parser.write(text).close();
}
