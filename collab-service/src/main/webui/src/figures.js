// The sample report's figures: revenue in thousands per region, channel and month.

export const MONTHS = ['Oct', 'Nov', 'Dec', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep'];
/** The quarter under review: the last three months. */
export const QUARTER = 9;

export const REGIONS = {
  north: 'North',
  south: 'South',
  east: 'East',
  west: 'West',
};

export const CHANNELS = {
  stores: 'Stores',
  online: 'Online',
};

const REVENUE = {
  north: {
    stores: [412, 455, 531, 362, 348, 371, 384, 402, 417, 409, 396, 421],
    online: [188, 241, 322, 176, 181, 197, 214, 226, 239, 262, 278, 301],
  },
  south: {
    stores: [298, 314, 368, 251, 246, 262, 287, 311, 342, 366, 371, 338],
    online: [121, 149, 208, 118, 117, 131, 142, 158, 171, 189, 197, 204],
  },
  east: {
    stores: [334, 358, 417, 301, 288, 296, 309, 301, 287, 268, 251, 244],
    online: [142, 171, 236, 139, 141, 149, 158, 161, 166, 172, 181, 193],
  },
  west: {
    stores: [256, 271, 329, 221, 218, 236, 251, 266, 274, 281, 284, 296],
    online: [164, 203, 281, 161, 168, 184, 203, 221, 243, 274, 298, 327],
  },
};

/** Orders in the quarter, returned orders in percent, and revenue against the same quarter a year ago in percent. */
const QUARTERS = {
  north: { stores: { orders: 15_310, returned: 3.1, growth: 2.4 }, online: { orders: 12_740, returned: 7.9, growth: 21.6 } },
  south: { stores: { orders: 14_020, returned: 2.8, growth: 9.7 }, online: { orders: 9_180, returned: 7.2, growth: 18.3 } },
  east: { stores: { orders: 10_260, returned: 4.4, growth: -14.1 }, online: { orders: 8_510, returned: 12.6, growth: 6.2 } },
  west: { stores: { orders: 11_130, returned: 2.9, growth: 5.8 }, online: { orders: 13_960, returned: 7.5, growth: 29.4 } },
};

const chosen = (all, key) => (key === 'all' ? Object.keys(all) : [key]);

/** Revenue per month and channel, for the regions and channels of the filter. */
export function revenueByMonth({ region, channel }) {
  return MONTHS.map((month, index) => ({
    month,
    parts: chosen(CHANNELS, channel).map((name) => ({
      channel: name,
      value: chosen(REGIONS, region).reduce((sum, place) => sum + REVENUE[place][name][index], 0),
    })),
  }));
}

/** The quarter of one region, for the channels of the filter. */
export function quarterOf(region, channel) {
  const parts = chosen(CHANNELS, channel).map((name) => {
    const { orders, returned, growth } = QUARTERS[region][name];
    const revenue = REVENUE[region][name].slice(QUARTER).reduce((a, b) => a + b);
    return { revenue, orders, returned: (orders * returned) / 100, before: revenue / (1 + growth / 100) };
  });
  return summed(parts);
}

export function quarterOfAll({ region, channel }) {
  return summed(chosen(REGIONS, region).map((name) => quarterOf(name, channel)));
}

function summed(parts) {
  const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
  const [revenue, orders, returned, before] = [sum('revenue'), sum('orders'), sum('returned'), sum('before')];
  return {
    revenue,
    orders,
    returned,
    before,
    average: (revenue * 1_000) / orders,
    returnRate: (returned / orders) * 100,
    growth: (revenue / before - 1) * 100,
  };
}
