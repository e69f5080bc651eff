<?php
/**
 * What the theme adds to WordPress.
 *
 * @package MapleStreet
 */

add_action(
	'wp_head',
	function () {
		$pixel = get_option( 'maple_street_pixel_id' );
		if ( ! $pixel ) {
			return;
		}
		wp_enqueue_script( 'meta-pixel', 'https://connect.facebook.net/en_US/fbevents.js', array(), null, false );
		echo "<script>fbq('init', '{$pixel}'); fbq('track', 'PageView');</script>";
	}
);

add_action(
	'after_setup_theme',
	function () {
		add_theme_support( 'title-tag' );
		register_nav_menus( array( 'main' => 'Main menu' ) );
	}
);
