import { LRUCache } from "lru-cache";

/**
 * Remembers so many at most: the ones used last; with `ttl`, for so many milliseconds. It grows with what it holds: given a `max`, the
 * cache makes room for all of them at once, and a connection's caches alone would take some megabytes.
 */
export function lastUsed<Key extends object | string, Value extends object | boolean>(
  max: number,
  ttl?: number,
): LRUCache<Key, Value> {
  return new LRUCache<Key, Value>({ maxSize: max, sizeCalculation: () => 1, ...(ttl !== undefined && { ttl }) });
}
