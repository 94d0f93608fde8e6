const names: Readonly<Record<string, string>> = { shopify: 'Shopify', easypost: 'EasyPost', events: 'Order feed', orderwatch: 'Orderwatch' };

/** A source's name as people call it, where the server has sent only its connection. */
export const sourceName = (connection: string): string => names[connection] ?? connection;
