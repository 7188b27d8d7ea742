// Samples made by hand: the same as for the tests of the engine.
export * from '../../../main/labs/namespaces/samples.ts'
