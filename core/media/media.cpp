namespace kinora::media {}
