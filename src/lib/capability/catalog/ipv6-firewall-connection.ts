import { defineCapability } from '../define.ts';
import { connectionFields } from '../groups/firewall.ts';

export const ipv6FirewallConnection = defineCapability({
  id: 'ipv6-firewall-connection',
  title: 'IPv6 connections',
  about: 'IPv6 connections that the router follows just now.',
  menu: '/ipv6/firewall/connection',
  shape: 'table',
  topic: 'ipv6',
  key: [],
  large: true,
  fields: connectionFields,
});
