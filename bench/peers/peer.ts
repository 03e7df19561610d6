/** A peer's package, which the project doesn't have: found from this folder and told what is used of it. */
export const peer = <T>(name: string): Promise<T> => import(name) as Promise<T>;
