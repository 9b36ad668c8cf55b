import { z } from 'zod';

/**
 * A file or folder that the person chose, as an opaque token: the page never names a path, so a page gone
 * wrong cannot have the library read or write anything that nobody picked.
 */
export const grant = z.uuid();
