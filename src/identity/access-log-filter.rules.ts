/** What is asked of an entry of the access log. Whatever is null, left out or empty asks for nothing. */
export interface AccessLogWishes<K extends string = string> {
  kinds?: readonly K[] | null;
  actorId?: string | null;
  address?: string | null;
  from?: Date | null;
  until?: Date | null;
}
