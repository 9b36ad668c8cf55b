/** What the name of a file must end in, without the dot, for it to be taken for a recording. */
export const audioExtensions: readonly string[] = [
  ...['wav', 'wave', 'aif', 'aiff', 'aifc', 'flac', 'mp3', 'aac'],
  ...['ogg', 'oga', 'opus', 'm4a', 'm4b', 'mp4', 'mov', 'webm', 'mka', 'mkv'],
];
