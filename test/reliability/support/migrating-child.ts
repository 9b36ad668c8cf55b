import { writeSync } from 'node:fs';
import { allMigrations } from '#library/database/migrations/all.ts';
import { openDatabase } from '#library/database/open.ts';

/* A process to be killed: it says that it begins, and brings a project up to the newest schema. */
const [path = ''] = process.argv.slice(2);
writeSync(1, 'begins\n');
await openDatabase(path, { migrations: allMigrations, mustHoldContent: true });
