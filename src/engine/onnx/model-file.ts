import protobuf from 'protobufjs';

/** The part of ONNX (onnx.proto3, IR version 8) that small models of known operators need. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[];
  readonly graph: OnnxGraph;
}

export interface OnnxGraph {
  readonly name: string;
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensor[];
  readonly input: readonly OnnxValue[];
  readonly output: readonly OnnxValue[];
}

export interface OnnxNode {
  readonly opType: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly OnnxAttribute[];
}

/** One of the values, by its type: float 1, int 2, string 3, tensor 4, graph 5, ints 7. */
export interface OnnxAttribute {
  readonly name: string;
  readonly type: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly t?: OnnxTensor;
  readonly g?: OnnxGraph;
  readonly ints?: readonly number[];
}

/** Little-endian numbers of type 1 (float32) or 7 (int64). */
export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly rawData: Uint8Array;
}

export interface OnnxValue {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: number;
      readonly shape: { readonly dim: readonly OnnxDimension[] };
    };
  };
}

/** A size, or a name for one that is open. */
export type OnnxDimension = { readonly dimValue: number } | { readonly dimParam: string };

const schema = protobuf.parse(`
  syntax = "proto3";
  message Model { int64 ir_version = 1; Graph graph = 7; repeated Opset opset_import = 8; }
  message Opset { string domain = 1; int64 version = 2; }
  message Graph {
    repeated Node node = 1; string name = 2; repeated Tensor initializer = 5;
    repeated Value input = 11; repeated Value output = 12;
  }
  message Node {
    repeated string input = 1; repeated string output = 2; string op_type = 4;
    repeated Attribute attribute = 5;
  }
  message Attribute {
    string name = 1; int64 i = 3; bytes s = 4; Tensor t = 5; Graph g = 6;
    repeated int64 ints = 8; int32 type = 20;
  }
  message Tensor { repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
  message Value { string name = 1; Type type = 2; }
  message Type { TensorType tensor_type = 1; }
  message TensorType { int32 elem_type = 1; Shape shape = 2; }
  message Shape { repeated Dimension dim = 1; }
  message Dimension { oneof value { int64 dim_value = 1; string dim_param = 2; } }
`).root;
const modelType = schema.lookupType('Model');

/** @param bytes a model file of a package of ours: what it holds is not checked */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  const model = modelType.decode(bytes);
  return modelType.toObject(model, { longs: Number, arrays: true }) as OnnxModel;
}

export function writeOnnx(model: OnnxModel): Uint8Array {
  return modelType.encode(modelType.fromObject(model)).finish();
}
