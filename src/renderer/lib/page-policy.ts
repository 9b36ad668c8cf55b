/** Prepares a library for the page's security policy. To be imported before all else: it looks once, when it is loaded. */
import { z } from 'zod';

// Otherwise zod tries, with every first schema, whether it may compile code, and is reported for it.
z.config({ jitless: true });
