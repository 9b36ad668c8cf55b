import { shallowRef, type ShallowRef } from 'vue';

/** A tile of a spectrogram: tile `tile` of level `level`. */
export interface TilePlace {
  readonly level: number;
  readonly tile: number;
}

/** Tiles that have come from the library, the least recently seen of them forgotten. */
export interface Tiles {
  /** Column-major bytes; null where it has not come yet. */
  readonly find: (place: TilePlace) => Uint8Array | null;
  /** What is looked at now: what of it is missing is asked for, and what else was asked for no more waited for. */
  readonly want: (places: readonly TilePlace[]) => void;
  /** Changes whenever a tile has come. */
  readonly arrived: Readonly<ShallowRef<number>>;
}

/** About 16 MB: a few screens of every level. */
const most = 256;
/** Asked for at once; the rest waits, so that what is scrolled past is never asked for. */
const together = 2;

export function createTiles(ask: (place: TilePlace) => Promise<Uint8Array>): Tiles {
  const tiles = new Map<string, Uint8Array>();
  const asking = new Set<string>();
  const arrived = shallowRef(0);
  let wanted: readonly TilePlace[] = [];

  function find(place: TilePlace): Uint8Array | null {
    const key = keyOf(place);
    const tile = tiles.get(key);
    if (!tile) return null;
    // Those that were seen last stand last.
    tiles.delete(key);
    tiles.set(key, tile);
    return tile;
  }

  function next(): void {
    for (const place of wanted) {
      if (asking.size >= together) return;
      if (!tiles.has(keyOf(place)) && !asking.has(keyOf(place))) void fetch(place);
    }
  }

  async function fetch(place: TilePlace): Promise<void> {
    const key = keyOf(place);
    asking.add(key);
    try {
      tiles.set(key, await ask(place));
      const [oldest] = tiles.keys();
      if (tiles.size > most && oldest !== undefined) tiles.delete(oldest);
      arrived.value += 1;
    } catch {
      // The lane shows what there is of coarser levels; the tile is asked for again when it is next looked at.
      wanted = wanted.filter((other) => keyOf(other) !== key);
    } finally {
      asking.delete(key);
    }
    next();
  }

  return {
    find,
    arrived,
    want: (places) => {
      wanted = places;
      next();
    },
  };
}

function keyOf({ level, tile }: TilePlace): string {
  return `${level}/${tile}`;
}
