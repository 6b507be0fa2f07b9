import { defineCapability } from '../define.ts';
import { connectionFields } from '../groups/firewall.ts';

export const firewallConnection = defineCapability({
  id: 'firewall-connection',
  title: 'Connections',
  about: 'IPv4 connections that the router follows just now.',
  menu: '/ip/firewall/connection',
  shape: 'table',
  topic: 'firewall',
  key: [],
  large: true,
  fields: connectionFields,
});
