/**
 * The kernels that TensorFlow.js does not have, by the names under which each backend registers them.
 *
 * - `FusedLSTM` {x, kernel, recurrentKernel, bias, lengths}, {taped} -> [h, ...tape]; `taped` says that a gradient may be
 *   asked for
 * - `FusedLSTMGradient` {dh, x, kernel, recurrentKernel, bias, lengths, h, tape0, tape1, ...} ->
 *   [dx, dKernel, dRecurrentKernel, dBias]; what the tape holds, and where, is the backend's own affair
 * - `ReverseByLength` {x, lengths} -> [reversed]
 */
export const fusedLstm = 'FusedLSTM';
export const fusedLstmGradient = 'FusedLSTMGradient';
export const reverseByLength = 'ReverseByLength';
