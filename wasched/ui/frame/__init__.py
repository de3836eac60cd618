"""The frame around every page: navigation, banners, the palette, Stop everything."""
