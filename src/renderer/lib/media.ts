/** Where the canonical sound of a recording is played from; only the open project's are served. */
export function soundUrl(recordingId: number): string {
  return `app://bundle/media/${recordingId}`;
}
