/**
 * A class of another file, used as a property's type. Under emitDecoratorMetadata the class itself would be evaluated
 * while the files still load each other; this alias emits none.
 */
export type Ref<T> = T;
